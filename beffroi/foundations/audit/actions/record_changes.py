"""Write the trail of many rows at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model

from ..models import AuditEntry
from .authorship import Authorship

Differences = Mapping[str, tuple[Any, Any]]
_BATCH = 500


def record_changes(
    *, verb: str, rows: Iterable[tuple[Model, Differences]], by: Authorship
) -> list[AuditEntry]:
    """Record that `verb` changed each row, `(old, new)` by attribute; a row unchanged is left out.

    `verb` is the action's name. A row that the act created has None for every old value.
    """
    entries = [
        AuditEntry(
            verb=verb,
            target_type=row._meta.label_lower,  # noqa: SLF001
            target_key=str(row.pk),
            target=str(row)[:300],
            at=by.at,
            actor=by.actor,
            reason=by.reason,
            changes={name: [plain(old), plain(new)] for name, (old, new) in differences.items()},
        )
        for row, differences in rows
        if differences
    ]
    return AuditEntry.objects.bulk_create(entries, batch_size=_BATCH)


def plain(value: Any) -> Any:
    """A value as JSON holds it: days in ISO, amounts as exact text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value

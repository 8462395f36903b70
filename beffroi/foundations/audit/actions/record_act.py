"""Write one line of the trail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model

from ...accounts.models import User
from ..models import AuditEntry


def record_act(
    *,
    verb: str,
    target: Model,
    at: datetime,
    actor: User | None = None,
    reason: str = "",
    changes: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Record that `actor` did `verb` (the action's name) to `target` at the instant `at`.

    `changes` maps a field to `[old, new]`, in values that JSON can hold.
    """
    return AuditEntry.objects.create(
        verb=verb,
        target_type=target._meta.label_lower,  # noqa: SLF001
        target_key=str(target.pk),
        target=str(target)[:300],
        at=at,
        actor=actor,
        reason=reason,
        changes=dict(changes or {}),
    )

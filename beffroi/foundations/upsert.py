"""Bring rows of one table to a wanted state, in bulk, and say what became of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

_FEW = 300
_BATCH = 1000

M = TypeVar("M", bound=Model)


class Change(StrEnum):
    """What a write did to one row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Written(Generic[M]):
    """A row as it now stands, and what was done to it.

    `differences` gives `(old, new)` for each attribute that an update changed.
    """

    row: M
    change: Change
    differences: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


def upsert(
    rows: QuerySet[M], wanted: Sequence[M], *, key: Sequence[str], fields: Sequence[str]
) -> list[Written[M]]:
    """Create or update, among `rows`, what `wanted` says; touch nothing that already says so.

    `wanted` holds unsaved instances, each known by the attributes named in `key` and described by
    those in `fields` (`town_id`, not `town`). Reads once, writes in batches, never deletes. The
    result is in the order of `wanted`. Raises ValueError when a key comes twice.
    """
    known = _by_key(rows, wanted, key)
    if len({_values(row, key) for row in wanted}) != len(wanted):
        raise ValueError("a key comes twice")
    written = [_confront(known.get(_values(row, key)), row, fields) for row in wanted]
    created = [item.row for item in written if item.change is Change.CREATED]
    updated = [item.row for item in written if item.change is Change.UPDATED]
    if created:
        rows.model._default_manager.bulk_create(created, batch_size=_BATCH)  # noqa: SLF001
    if updated:
        rows.model._default_manager.bulk_update(updated, fields, batch_size=_BATCH)  # noqa: SLF001
    return written


def _by_key(rows: QuerySet[M], wanted: Sequence[M], key: Sequence[str]) -> dict[tuple[Any, ...], M]:
    if len(wanted) <= _FEW:
        rows = rows.filter(**{f"{key[0]}__in": {getattr(row, key[0]) for row in wanted}})
    return {_values(row, key): row for row in rows}


def _values(row: Model, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in names)


def _confront(known: M | None, wanted: M, fields: Sequence[str]) -> Written[M]:
    if known is None:
        return Written(wanted, Change.CREATED)
    if _values(known, fields) == _values(wanted, fields):
        return Written(known, Change.UNCHANGED)
    differences = {
        name: (getattr(known, name), getattr(wanted, name))
        for name in fields
        if getattr(known, name) != getattr(wanted, name)
    }
    for name, (_, new) in differences.items():
        setattr(known, name, new)
    return Written(known, Change.UPDATED, differences)

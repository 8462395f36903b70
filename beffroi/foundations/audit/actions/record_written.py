"""Write the trail of a bulk write: each change line by line, creations by the run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from django.db.models import Model

from ...upsert import Change, Written
from ..models import Creation
from .authorship import Authorship
from .record_changes import record_changes

_BATCH = 500
M = TypeVar("M", bound=Model)


def record_written(*, verb: str, written: Sequence[Written[M]], by: Authorship) -> None:
    """Trace what a bulk write did: each updated row with its old and new values, and the created
    rows as runs of consecutive keys, so that 100,000 creations cost one line.

    `verb` is the action's name. Rows that did not change leave no trace.
    """
    updated = [(item.row, item.differences) for item in written if item.differences]
    if updated:
        record_changes(verb=verb, rows=updated, by=by)
    keys: defaultdict[str, list[int]] = defaultdict(list)
    for item in written:
        if item.change is Change.CREATED:
            keys[item.row._meta.label_lower].append(item.row.pk)  # noqa: SLF001
    Creation.objects.bulk_create(
        [
            Creation(
                verb=verb,
                target_type=label,
                first_key=first,
                last_key=last,
                at=by.at,
                actor=by.actor,
                reason=by.reason,
            )
            for label, created in keys.items()
            for first, last in _runs(created)
        ],
        batch_size=_BATCH,
    )


def _runs(keys: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and last of each series of consecutive keys."""
    first = last = None
    for key in sorted(keys):
        if last is not None and first is not None and key != last + 1:
            yield first, last
            first = None
        first = key if first is None else first
        last = key
    if first is not None and last is not None:
        yield first, last

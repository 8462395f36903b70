"""Bring a table to the wanted rows, touching only what differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Model

from ..models import Dated
from ..rules import Span

_CHUNK = 900
_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the rows of a table. `closed` rows (created or redated) now end on a day."""

    created: int = 0
    closed: int = 0
    redated: int = 0
    removed: int = 0
    unchanged: int = 0

    @property
    def has_changed(self) -> bool:
        """True when the table is not what it was."""
        return bool(self.created or self.redated or self.removed)


def reconcile_periods(
    *, model: type[Dated], columns: Sequence[str], wanted: Iterable[tuple[tuple[Any, ...], Span]]
) -> Tally:
    """Make the dated rows of a table those wanted: `(values of the columns, span)`.

    A row whose dates alone differ keeps its key and is redated.
    """
    missing = dict.fromkeys(wanted)
    spare: defaultdict[tuple[Any, ...], list[tuple[Span, int]]] = defaultdict(list)
    rows = model._default_manager.values_list("pk", "valid_from", "valid_to", *columns)  # noqa: SLF001
    unchanged = 0
    for pk, start, end, *content in rows:
        row = (tuple(content), Span(start, end))
        if row in missing:
            del missing[row]
            unchanged += 1
        else:
            spare[row[0]].append((row[1], pk))
    redated, closed = _redate(model, missing, spare)
    removed = _remove(model, [pk for rows in spare.values() for _, pk in rows])
    _create_periods(model, columns, missing)
    closed += sum(span.end is not None for _, span in missing)
    return Tally(len(missing), closed, redated, removed, unchanged)


def reconcile_links(
    *,
    model: type[Model],
    columns: Sequence[str],
    wanted: Iterable[tuple[Any, ...]],
    kept: Iterable[tuple[Any, ...]] = (),
) -> Tally:
    """Make the undated rows of a table those wanted, and leave alone those `kept` if they exist."""
    missing, kept = set(wanted), set(kept)
    surplus: list[int] = []
    unchanged = 0
    for pk, *content in model._default_manager.values_list("pk", *columns):  # noqa: SLF001
        row = tuple(content)
        if row in missing:
            missing.remove(row)
            unchanged += 1
        elif row not in kept:
            surplus.append(pk)
    removed = _remove(model, surplus)
    _create(model, columns, sorted(missing))
    return Tally(created=len(missing), removed=removed, unchanged=unchanged)


def _redate(
    model: type[Dated],
    missing: dict[tuple[tuple[Any, ...], Span], None],
    spare: dict[tuple[Any, ...], list[tuple[Span, int]]],
) -> tuple[int, int]:
    """Give the spare rows of the same content the missing dates: how many, how many closed."""
    redated: defaultdict[Span, list[int]] = defaultdict(list)
    closed = 0
    for row in sorted((row for row in missing if row[0] in spare), key=_by_start):
        content, span = row
        if spare[content]:
            before, pk = spare[content].pop()
            redated[span].append(pk)
            closed += before.end is None and span.end is not None
            del missing[row]
    for span, pks in redated.items():
        for first in range(0, len(pks), _CHUNK):
            model._default_manager.filter(pk__in=pks[first : first + _CHUNK]).update(  # noqa: SLF001
                valid_from=span.start, valid_to=span.end
            )
    return sum(map(len, redated.values())), closed


def _by_start(row: tuple[tuple[Any, ...], Span]) -> str:
    return str(row[1].start or "")


def _remove(model: type[Model], pks: Sequence[int]) -> int:
    for first in range(0, len(pks), _CHUNK):
        model._default_manager.filter(pk__in=pks[first : first + _CHUNK]).delete()  # noqa: SLF001
    return len(pks)


def _create_periods(
    model: type[Dated], columns: Sequence[str], missing: Iterable[tuple[tuple[Any, ...], Span]]
) -> None:
    names = (*columns, "valid_from", "valid_to")
    _create(model, names, ((*content, *span) for content, span in missing))


def _create(model: type[Model], names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Write new rows a batch at a time: all at once, the objects would outweigh the rest."""
    waiting = iter(rows)
    while batch := list(islice(waiting, _BATCH)):
        objects = [model(**dict(zip(names, row, strict=True))) for row in batch]
        model._default_manager.bulk_create(objects)  # noqa: SLF001

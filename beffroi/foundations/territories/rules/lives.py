"""How codes, dates and the lives of towns fit together. Pure: no clock, no database.

A span is half open: it holds from its first day up to, not including, its last; None is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

_CODE_LENGTH = 5


class Span(NamedTuple):
    """A half-open period."""

    start: date | None
    end: date | None

    def holds(self, on: date) -> bool:
        """True when `on` falls inside."""
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)

    def is_over(self, on: date) -> bool:
        """True when the period ended on that day or before."""
        return self.end is not None and self.end <= on


class Bearing(NamedTuple):
    """A town bearing a code during a span."""

    town_id: int
    span: Span


def restore_zero(code: str) -> tuple[str, bool]:
    """Give back the leading zero a spreadsheet dropped (`1004` → `01004`), and say whether."""
    if len(code) == _CODE_LENGTH - 1 and code.isascii() and code.isdigit():
        return f"0{code}", True
    return code, False


def bearing_on(bearings: Iterable[Bearing], on: date) -> Bearing | None:
    """Among the towns that ever bore a code: the one of that day, else the last before it,
    else the first after it."""
    bearings = list(bearings)
    for bearing in bearings:
        if bearing.span.holds(on):
            return bearing
    past = [bearing for bearing in bearings if bearing.span.is_over(on)]
    if past:
        return max(past, key=lambda bearing: bearing.span.end or date.min)
    return min(bearings, key=lambda bearing: bearing.span.start or date.min, default=None)


@dataclass(frozen=True, slots=True)
class Lineage:
    """The lives of the towns and what became of each: who carries whom on a given day."""

    spans: Mapping[int, Sequence[Span]]
    successors: Mapping[int, Sequence[tuple[int, date]]] = field(default_factory=dict)
    predecessors: Mapping[int, Sequence[tuple[int, date]]] = field(default_factory=dict)

    def is_living(self, town_id: int, on: date) -> bool:
        """True when the town exists on that day."""
        return any(span.holds(on) for span in self.spans.get(town_id, ()))

    def carriers(self, town_id: int, on: date) -> frozenset[int]:
        """The living towns that stand for a town on a day: itself, what it became, or the one
        town it was part of before it was (re-)established. Empty when nothing says."""
        return self._carriers(town_id, on, frozenset())

    def carrier(self, town_id: int, on: date) -> int:
        """The one living town that stands for it; itself where there is none, or several."""
        if self.is_living(town_id, on):
            return town_id
        found = self.carriers(town_id, on)
        return next(iter(found)) if len(found) == 1 else town_id

    def _carriers(self, town_id: int, on: date, seen: frozenset[int]) -> frozenset[int]:
        if self.is_living(town_id, on):
            return frozenset({town_id})
        if town_id in seen:
            return frozenset()
        seen |= {town_id}
        found = (self._carriers(other, on, seen) for other in self._next(town_id, on))
        return frozenset().union(*found)

    def _next(self, town_id: int, on: date) -> list[int]:
        spans = self.spans.get(town_id, ())
        if not spans:
            return [successor for successor, _ in self.successors.get(town_id, ())]
        ends = [span.end for span in spans if span.end is not None and span.end <= on]
        if ends:
            # A town may have lost a part earlier: only what happened on its last day counts.
            return [s for s, day in self.successors.get(town_id, ()) if day == max(ends)]
        birth = min((span.start for span in spans if span.start is not None), default=None)
        before = [p for p, day in self.predecessors.get(town_id, ()) if day == birth]
        return before if len(before) == 1 else []

    def eldest(self, town_ids: Iterable[int]) -> frozenset[int]:
        """Leave out the towns that another of them became: one history counts once."""
        town_ids = frozenset(town_ids)
        heirs = frozenset().union(*(self._heirs(town_id) for town_id in town_ids))
        return town_ids - heirs or town_ids

    def _heirs(self, town_id: int) -> frozenset[int]:
        heirs: set[int] = set()
        waiting = [town_id]
        while waiting:
            for successor, _ in self.successors.get(waiting.pop(), ()):
                if successor not in heirs:
                    heirs.add(successor)
                    waiting.append(successor)
        return frozenset(heirs)


def joined(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch made one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start or date.min):
        if found and found[-1].end == span.start and span.start is not None:
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return found


def fitted(span: Span, lives: Sequence[Span], days: Sequence[date]) -> Iterator[Span]:
    """What of a span seen on some `days` falls in the lives of a town that were seen.

    It starts with the life when no earlier day of it was seen, and ends with it at the latest.
    """
    for life in lives:
        start = max(life.start or date.min, span.start or date.min)
        end = min(life.end or date.max, span.end or date.max)
        if not any(start <= day < end for day in days):
            continue
        born = life.start or date.min
        if not any(born <= day < start for day in days):
            start = born
        yield Span(None if start == date.min else start, None if end == date.max else end)

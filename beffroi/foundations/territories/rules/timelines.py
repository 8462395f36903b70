"""What holds for a key over time, when a new state is observed on a day. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from .lives import Span

V = TypeVar("V")


def restated(
    timeline: Sequence[tuple[V, Span]], value: V | None, day: date | None
) -> list[tuple[V, Span]]:
    """The timeline once `value` (None: nothing) is known to hold from `day` on.

    It holds until the next state that is already known; `day` None is before every one.
    """
    start = day or date.min
    ordered = sorted(timeline, key=lambda row: row[1].start or date.min)
    found: list[tuple[V, Span]] = []
    end = next((span.start for _, span in ordered if (span.start or date.min) > start), None)
    for held, span in ordered:
        if (span.start or date.min) >= start:
            continue
        if span.end is not None and start < span.end:
            end = span.end
        found.append((held, Span(span.start, min(span.end or date.max, start))))
    found = [(held, _opened(span)) for held, span in found]
    if value is not None:
        found.append((value, Span(day, end)))
    found += [row for row in ordered if (row[1].start or date.min) > start]
    return _merged(found)


def _opened(span: Span) -> Span:
    return span._replace(end=None) if span.end == date.max else span


def _merged(timeline: list[tuple[V, Span]]) -> list[tuple[V, Span]]:
    found: list[tuple[V, Span]] = []
    for value, span in timeline:
        if found and found[-1][0] == value and found[-1][1].end == span.start:
            found[-1] = value, Span(found[-1][1].start, span.end)
        else:
            found.append((value, span))
    return found

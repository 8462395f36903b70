"""What became of the rows that left a figure, as the register tells it today."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from beffroi.club.events.models import Meeting
from beffroi.offers.calls.models import BrownfieldProject
from beffroi.programme.membership.models import Programme, ProjectManagerPost
from beffroi.programme.support.models import ExpertiseMission, RealisedCommitment

from ..comparison import Cause, Comparison, Kind, Why
from ..indicators.tables import BROWNFIELDS, COMMITMENTS, MEETINGS, MISSIONS, POSTS
from ..rules import RowKey

_BATCH = 5000
_Row = tuple[str, date, date | None]


def fates_of(comparison: Comparison, *, programme: Programme) -> dict[tuple[str, RowKey], Cause]:
    """Deleted, dated later, cancelled or closed; nothing for a row that the register still has
    under its day. One query for each table that rows left."""
    fates: dict[tuple[str, RowKey], Cause] = {}
    told: dict[str, dict[str, Cause]] = {}
    for figure in comparison.figures:
        left = {str(one.key) for one in figure.moved(Kind.LEFT)}
        table = figure.figure.table
        if not left or table not in _READERS:
            continue
        known = told.setdefault(table, {})
        known |= dict(_told(table, left - known.keys(), programme, comparison.after.as_of))
        fates |= {(figure.code, key): known[key] for key in left if key in known}
    return fates


def _told(
    table: str, references: set[str], programme: Programme, on: date
) -> Iterator[tuple[str, Cause]]:
    rows = _read(table, references, programme)
    found = {reference: (day, ended_on) for reference, day, ended_on in rows}
    for reference in references:
        if reference not in found:
            yield reference, Cause(Why.DELETED)
            continue
        day, ended_on = found[reference]
        if day > on:
            yield reference, Cause(Why.REDATED, day)
        elif ended_on and ended_on <= on:
            yield reference, Cause(Why.CLOSED if table == POSTS else Why.CANCELLED, ended_on)


def _read(table: str, references: Collection[str], programme: Programme) -> Iterator[_Row]:
    """Reference, day of the event, and day on which it ended or was cancelled."""
    ordered = sorted(references)
    for start in range(0, len(ordered), _BATCH):
        yield from _READERS[table](ordered[start : start + _BATCH], programme)


def _commitments(references: list[str], programme: Programme) -> Iterable[Any]:
    rows = RealisedCommitment.objects.filter(programme=programme, decision_reference__in=references)
    return rows.values_list("decision_reference", "decided_on", "cancelled_on")


def _missions(references: list[str], programme: Programme) -> Iterable[Any]:
    rows = ExpertiseMission.objects.filter(programme=programme, reference__in=references)
    return ((key, day, None) for key, day in rows.values_list("reference", "notified_on"))


def _brownfields(references: list[str], _programme: Programme) -> Iterable[Any]:
    rows = BrownfieldProject.objects.filter(reference__in=references)
    return ((key, day, None) for key, day in rows.values_list("reference", "decided_on"))


def _meetings(references: list[str], _programme: Programme) -> Iterable[Any]:
    rows = Meeting.objects.filter(reference__in=references)
    return ((key, day, None) for key, day in rows.values_list("reference", "held_on"))


def _posts(references: list[str], programme: Programme) -> Iterable[Any]:
    rows = ProjectManagerPost.objects.filter(programme=programme, reference__in=references)
    return rows.values_list("reference", "started_on", "ended_on")


_READERS = {
    COMMITMENTS: _commitments,
    MISSIONS: _missions,
    BROWNFIELDS: _brownfields,
    MEETINGS: _meetings,
    POSTS: _posts,
}

"""Which towns came to the Club."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Min

from beffroi.club.events.models import Attendance

_MANY = 500


@dataclass(frozen=True, slots=True)
class TownAttendance:
    """A meeting that a town came to. `people` is empty where nobody counted."""

    town_id: int
    meeting_id: int
    reference: str
    title: str
    kind: str
    held_on: date
    people: int | None


def towns_met(as_of: date) -> set[int]:
    """The towns that came to a meeting held by this day, by key."""
    rows = Attendance.objects.filter(meeting__held_on__lte=as_of)
    return set(rows.values_list("town_id", flat=True))


def towns_met_first(until: date) -> dict[int, date]:
    """The day of the first meeting that each town came to, of those held by a day."""
    rows = Attendance.objects.filter(meeting__held_on__lte=until).order_by()
    return dict(rows.values_list("town_id").annotate(first=Min("meeting__held_on")))


def attendance_of(town_ids: Iterable[int]) -> dict[int, list[TownAttendance]]:
    """The meetings that each of these towns came to, latest first; a town without any is absent."""
    wanted = frozenset(town_ids)
    rows = Attendance.objects.order_by("-meeting__held_on", "meeting_id")
    if len(wanted) <= _MANY:
        rows = rows.filter(town_id__in=wanted)
    columns = (
        "town_id",
        "meeting_id",
        "meeting__reference",
        "meeting__title",
        "meeting__kind",
        "meeting__held_on",
        "people",
    )
    found: defaultdict[int, list[TownAttendance]] = defaultdict(list)
    for row in rows.values_list(*columns):
        if row[0] in wanted:
            found[row[0]].append(TownAttendance(*row))
    return dict(found)

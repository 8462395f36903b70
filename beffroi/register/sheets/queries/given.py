"""What a town was given beside money: expertise, the brownfield fund, its place at the Club.

The three are read at once: what one kind lacks is left blank in its columns.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import (
    CharField,
    DecimalField,
    F,
    Field,
    IntegerField,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast

from beffroi.club.events.models import Attendance
from beffroi.foundations.territories.queries import TownFamily
from beffroi.offers.calls.models import BrownfieldProject
from beffroi.programme.support.models import ExpertiseMission

from .lines import BrownfieldLine, MeetingLine, MissionLine, Missions
from .money import LIMIT
from .names import Names

_TEXT, _NUMBER, _WHOLE = CharField(), DecimalField(max_digits=16, decimal_places=2), IntegerField()


class Given(NamedTuple):
    """Each kind, latest first."""

    missions: Missions
    brownfields: tuple[BrownfieldLine, ...]
    meetings: tuple[MeetingLine, ...]


class _Row(NamedTuple):
    kind: str
    key: int
    town_id: int
    day: date
    first: str
    second: str
    third: str
    amount: Decimal | None
    other: Decimal | None
    people: int | None


def given_to(family: TownFamily, names: Names) -> Given:
    """What the family got by the day. One query."""
    about = Q(town_id__in=family.ids)
    missions = _told(
        ExpertiseMission.objects.filter(about, notified_on__lte=family.on),
        kind="mission",
        day="notified_on",
        words=("reference", "theme", "funder__name"),
        amount="amount",
    )
    brownfields = _told(
        BrownfieldProject.objects.filter(about, decided_on__lte=family.on),
        kind="brownfield",
        day="decided_on",
        words=("reference", "edition__call__name", "edition__number"),
        amount="area_m2",
        other="housing_m2",
    )
    meetings = _told(
        Attendance.objects.filter(about, meeting__held_on__lte=family.on),
        kind="meeting",
        day="meeting__held_on",
        words=("meeting__title", "meeting__kind", "meeting_id"),
        people="people",
    )
    rows = [_Row(*row) for row in missions.union(brownfields, meetings, all=True)]
    rows.sort(key=lambda row: (row.day, row.key), reverse=True)
    return Given(
        _missions([row for row in rows if row.kind == "mission"], names),
        tuple(_brownfield(row, names) for row in rows if row.kind == "brownfield"),
        _meetings([row for row in rows if row.kind == "meeting"]),
    )


def _told(
    rows: QuerySet[Any],
    *,
    kind: str,
    day: str,
    words: tuple[str, str, str],
    amount: str = "",
    other: str = "",
    people: str = "",
) -> Any:
    columns = {
        "kind_": Value(kind, output_field=_TEXT),
        "day_": F(day),
        **{f"word_{place}": Cast(word, _TEXT) for place, word in enumerate(words)},
        "amount_": _column(amount, _NUMBER),
        "other_": _column(other, _NUMBER),
        "people_": _column(people, _WHOLE),
    }
    words_ = [f"word_{place}" for place in range(len(words))]
    numbers = ("amount_", "other_", "people_")
    named = rows.order_by().annotate(**columns)
    return named.values_list("kind_", "pk", "town_id", "day_", *words_, *numbers)


def _column(name: str, kind: Field[Any, Any]) -> Cast:
    return Cast(F(name) if name else Value(None), kind)


def _missions(rows: list[_Row], names: Names) -> Missions:
    lines = tuple(
        MissionLine(
            pk=row.key,
            reference=row.first,
            theme=row.second,
            funder=row.third,
            notified_on=row.day,
            amount=_amount(row.amount),
            recorded_as=names.recorded_as([row.town_id], row.day),
        )
        for row in rows[:LIMIT]
    )
    return Missions(lines, len(rows), sum((_amount(row.amount) for row in rows), Decimal(0)))


def _brownfield(row: _Row, names: Names) -> BrownfieldLine:
    return BrownfieldLine(
        pk=row.key,
        reference=row.first,
        edition=f"{row.second}, édition {row.third}",
        decided_on=row.day,
        area_m2=_amount(row.amount),
        housing_m2=_amount(row.other),
        recorded_as=names.recorded_as([row.town_id], row.day),
    )


def _meetings(rows: list[_Row]) -> tuple[MeetingLine, ...]:
    """Each meeting once, though two towns that have since merged came to it."""
    met = {row.third: row for row in rows}
    return tuple(
        MeetingLine(int(row.third), row.first, row.second, row.day, row.people)
        for row in met.values()
    )


def _amount(value: Any) -> Decimal:
    """An amount to the cent: SQLite gives a union's numbers back as it keeps them."""
    return Decimal(str(value or 0)).quantize(Decimal("0.01"))

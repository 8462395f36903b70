"""The followed towns, one line each: the desk's list, and the sheets of areas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, DecimalField, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast

from beffroi.club.events.models import Attendance
from beffroi.foundations.folding import fold
from beffroi.foundations.mandates.queries import Scope, rows_within
from beffroi.foundations.territories.models import IntercommunalityMembership, TownPeriod
from beffroi.foundations.territories.queries import (
    TownLabel,
    departments_on,
    moved_towns,
)
from beffroi.foundations.territories.rules import Bearing, Span, bearing_on
from beffroi.programme.agreements.models import AgreementKind
from beffroi.programme.agreements.queries import covered_on
from beffroi.programme.membership.models import Designation, PostVacancy, ServedTown
from beffroi.programme.membership.queries import designations_on
from beffroi.programme.support.models import ExpertiseMission, RealisedCommitment
from beffroi.programme.support.queries import GIVEN, standing
from beffroi.register.campaigns.queries import freshness_of
from beffroi.register.campaigns.rules import Freshness

from ..rules import ClockState, FrameworkClock, PostState, framework_clock, post_state

_NOTHING, _CENT = Decimal(0), Decimal("0.01")
Departments = Mapping[str, tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class TownLine:
    """A followed town on a day. `committed` in euros, committed or paid; `words` to search it by:
    every name and code that it bore, and those of the towns that it continues, folded."""

    town_id: int
    code: str
    name: str
    department_code: str
    department_name: str
    region_code: str
    region_name: str
    epci_siren: str
    epci_name: str
    programmes: tuple[str, ...]
    groups: tuple[str, ...]
    clock: FrameworkClock
    is_ort: bool
    post: PostState
    missions: int
    committed: Decimal
    has_met: bool
    freshness: Freshness
    words: str

    @property
    def label(self) -> str:
        """`Mansle-les-Fontaines (16206)`."""
        return f"{self.name} ({self.code})"

    @property
    def fresh_on(self) -> date | None:
        """The last day a person vouched for the sheet."""
        return self.freshness.last_on

    @property
    def is_stale(self) -> bool:
        """True when nobody vouched for the sheet within twelve months."""
        return not self.freshness.is_up_to_date

    @property
    def is_late(self) -> bool:
        """True when the 18 months have passed with no framework agreement."""
        return self.clock.state is ClockState.LATE

    @property
    def is_vacant(self) -> bool:
        """True when nobody is known to hold a post for it."""
        return self.post is not PostState.FILLED

    @property
    def is_unreached(self) -> bool:
        """True without a mission, money or a meeting."""
        return not (self.missions or self.committed or self.has_met)


def followed_towns(
    *, scope: Scope, as_of: date, departments: Departments | None = None
) -> list[TownLine]:
    """Every town of a scope with a place in a programme on a day, by name. A dozen queries, one
    fewer for those who have `departments_on` that day.

    A town that has since become another is on the line of the town that stands for it.
    """
    moved = moved_towns(on=as_of)
    designated = rows_within(designations_on(as_of), scope).filter(
        programme__launched_on__lte=as_of
    )
    places: defaultdict[int, list[Designation]] = defaultdict(list)
    for row in designated.select_related("programme", "group").order_by("programme_id", "pk"):
        places[moved.get(row.town_id, row.town_id)].append(row)
    former: defaultdict[int, list[int]] = defaultdict(list)
    for town_id, carrier in moved.items():
        if carrier in places:
            former[carrier].append(town_id)
    reading = _read(places, former, departments or departments_on(as_of), as_of)
    lines = (_line(town_id, rows, reading) for town_id, rows in places.items())
    return sorted(lines, key=lambda line: (fold(line.name), line.code))


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the lines are made of, read for all of them at once."""

    on: date
    former: Mapping[int, list[int]]
    written: Mapping[int, Mapping[Bearing, TownLabel]]
    departments: Departments
    epci: Mapping[int, tuple[str, str]]
    first: Mapping[tuple[int, str], date]
    ort: frozenset[int]
    posts: Mapping[int, list[bool]]
    missions: Mapping[int, int]
    money: Mapping[int, Decimal]
    met: frozenset[int]
    fresh: Mapping[int, Freshness]

    def family(self, town_id: int) -> list[int]:
        return [town_id, *self.former.get(town_id, ())]


def _read(
    places: Iterable[int], former: Mapping[int, list[int]], departments: Departments, on: date
) -> _Reading:
    ids = frozenset(places) | {pk for towns in former.values() for pk in towns}
    first, ort = _signatures(ids, on)
    given = _given(on)
    return _Reading(
        on=on,
        former=former,
        written=_labels(ids),
        departments=departments,
        epci=_groups(ids, on),
        first=first,
        ort=ort,
        posts=_posts(ids, on),
        missions={pk: number for (kind, pk), (number, _) in given.items() if kind == "mission"},
        money={pk: amount for (kind, pk), (_, amount) in given.items() if kind == "money"},
        met=frozenset(pk for kind, pk in given if kind == "met"),
        fresh=freshness_of(ids, on=on),
    )


def _labels(ids: frozenset[int]) -> dict[int, dict[Bearing, TownLabel]]:
    written: defaultdict[int, dict[Bearing, TownLabel]] = defaultdict(dict)
    columns = ("town_id", "valid_from", "valid_to", "code", "name", "department__code")
    for pk, start, end, *label in TownPeriod.objects.filter(town_id__in=ids).values_list(*columns):
        written[pk][Bearing(pk, Span(start, end))] = TownLabel(*label)
    return dict(written)


def _groups(ids: frozenset[int], on: date) -> dict[int, tuple[str, str]]:
    """The EPCI of each town that day, with its name."""
    begun = Q(intercommunality__periods__valid_from__isnull=True) | Q(
        intercommunality__periods__valid_from__lte=on
    )
    lasting = Q(intercommunality__periods__valid_to__isnull=True) | Q(
        intercommunality__periods__valid_to__gt=on
    )
    rows = IntercommunalityMembership.objects.as_of(on).filter(begun, lasting, town_id__in=ids)
    columns = ("town_id", "intercommunality__siren", "intercommunality__periods__name")
    return {town_id: (siren, name) for town_id, siren, name in rows.values_list(*columns)}


def _given(on: date) -> dict[tuple[str, int], tuple[int, Decimal]]:
    """How many missions, decisions and meetings each town had by a day, and how much money."""
    missions = ExpertiseMission.objects.filter(notified_on__lte=on)
    money = RealisedCommitment.objects.filter(standing(on), decided_on__lte=on, state__in=GIVEN)
    met = Attendance.objects.filter(meeting__held_on__lte=on)
    rows = _counted(money, "money", Sum("amount")).union(
        _counted(missions, "mission", Sum(Value(0))), _counted(met, "met", Sum(Value(0))), all=True
    )
    return {
        (kind, town_id): (number, Decimal(str(amount or 0)).quantize(_CENT))
        for kind, town_id, number, amount in rows
    }


def _counted(rows: QuerySet[Any], kind: str, amount: Sum) -> Any:
    named = rows.order_by().annotate(kind_=Value(kind, output_field=CharField()))
    euros = Cast(amount, DecimalField(max_digits=20, decimal_places=2))
    totals = named.values("kind_", "town_id").annotate(number_=Count("pk"), amount_=euros)
    return totals.values_list("kind_", "town_id", "number_", "amount_")


def _signatures(
    ids: frozenset[int], on: date
) -> tuple[dict[tuple[int, str], date], frozenset[int]]:
    """The day each town first came under an agreement of each kind; those in ORT."""
    rows = covered_on(on).filter(
        town_id__in=ids, agreement__kind__in=(AgreementKind.ADHESION, AgreementKind.FRAMEWORK)
    )
    columns = ("town_id", "agreement__kind", "since", "agreement__counts_as_ort")
    first: dict[tuple[int, str], date] = {}
    ort = set()
    for town_id, kind, day, counts in rows.values_list(*columns):
        first[town_id, kind] = min(day, first.get((town_id, kind), day))
        if counts:
            ort.add(town_id)
    return first, frozenset(ort)


def _posts(ids: frozenset[int], on: date) -> dict[int, list[bool]]:
    """Whether each open post that serves a town is known to be vacant."""
    lasting = Q(ended_on__isnull=True) | Q(ended_on__gte=on)
    vacant = set(
        PostVacancy.objects.filter(lasting, started_on__lte=on).values_list("post_id", flat=True)
    )
    served = ServedTown.objects.filter(
        Q(started_on__isnull=True) | Q(started_on__lte=on),
        Q(post__ended_on__isnull=True) | Q(post__ended_on__gte=on),
        lasting,
        town_id__in=ids,
        post__started_on__lte=on,
    )
    found: defaultdict[int, list[bool]] = defaultdict(list)
    for town_id, post_id in served.values_list("town_id", "post_id"):
        found[town_id].append(post_id in vacant)
    return dict(found)


def _line(town_id: int, rows: list[Designation], reading: _Reading) -> TownLine:
    family = reading.family(town_id)
    label = _label(reading, town_id)
    department_name, region_code, region_name = reading.departments.get(
        label.department_code, ("", "", "")
    )
    siren, epci_name = reading.epci.get(town_id, ("", ""))
    return TownLine(
        town_id=town_id,
        code=label.code,
        name=label.name,
        department_code=label.department_code,
        department_name=department_name,
        region_code=region_code,
        region_name=region_name,
        epci_siren=siren,
        epci_name=epci_name,
        programmes=tuple(dict.fromkeys(row.programme.code for row in rows)),
        groups=tuple(dict.fromkeys(row.group.reference for row in rows if row.group)),
        clock=framework_clock(
            adhesion_on=_first(reading, family, AgreementKind.ADHESION),
            framework_on=_first(reading, family, AgreementKind.FRAMEWORK),
            on=reading.on,
        ),
        is_ort=not reading.ort.isdisjoint(family),
        post=post_state(vacant for pk in family for vacant in reading.posts.get(pk, ())),
        missions=sum(reading.missions.get(pk, 0) for pk in family),
        committed=sum((reading.money.get(pk, _NOTHING) for pk in family), _NOTHING),
        has_met=not reading.met.isdisjoint(family),
        freshness=max((reading.fresh[pk] for pk in family), key=_last),
        words=_words(reading, family),
    )


def _label(reading: _Reading, town_id: int) -> TownLabel:
    labels = reading.written.get(town_id, {})
    nearest = bearing_on(labels, reading.on)
    return labels[nearest] if nearest else TownLabel("", f"commune {town_id}", "")


def _first(reading: _Reading, family: list[int], kind: str) -> date | None:
    days = (reading.first.get((pk, kind)) for pk in family)
    return min((day for day in days if day), default=None)


def _last(known: Freshness) -> date:
    return known.last_on or date.min


def _words(reading: _Reading, family: list[int]) -> str:
    labels = {label for pk in family for label in reading.written.get(pk, {}).values()}
    return "\n".join(f"{fold(label.name)}\n{label.code}" for label in labels)


def matches(line: TownLine, text: str) -> bool:
    """Whether a line bears, or bore, a name that holds this text or a code that starts with it."""
    wanted = text.strip()
    if wanted[:1].isdigit():
        return any(code.startswith(wanted.upper()) for code in line.words.split("\n")[1::2])
    return fold(wanted) in line.words

"""Reads: the register as of a day, the figures measured on it, and the frozen reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import Case, QuerySet, When

from beffroi.club.events.models import Meeting
from beffroi.club.events.queries import towns_met
from beffroi.foundations.territories.models import Population, RegionPeriod
from beffroi.foundations.territories.queries import (
    Territory,
    TownLabel,
    find_territory,
    living_towns,
    town_ids_in,
    town_labels,
)
from beffroi.offers.calls.models import BrownfieldProject
from beffroi.programme.agreements.models import AgreementKind
from beffroi.programme.agreements.queries import covered_on
from beffroi.programme.agreements.rules import framework_due_on
from beffroi.programme.membership.models import EmployerKind, Programme
from beffroi.programme.membership.queries import (
    followed_programme,
    open_designations,
    posts_on,
    vacant_posts,
)
from beffroi.programme.membership.rules import covers
from beffroi.programme.support.models import ExpertiseMission, PlannedCommitment
from beffroi.programme.support.queries import given_commitments
from beffroi.programme.support.rules import public_beneficiary
from beffroi.register.campaigns.queries import freshness_of

from .indicators import Facts, Record, Towns, measure_all
from .indicators.tables import MEETINGS, PLANS, TOWNS
from .models import Snapshot
from .rules import Figure


class NoProgramme(LookupError):
    """The register holds no programme yet."""


class BeforeLaunch(ValueError):
    """The programme did not exist on that day."""

    def __init__(self, as_of: date, launched_on: date) -> None:
        self.as_of = as_of
        self.launched_on = launched_on
        super().__init__(f"{as_of} < {launched_on}")


class UnknownSnapshot(LookupError):
    """No frozen report bears this reference."""

    def __init__(self, reference: str) -> None:
        self.reference = reference
        super().__init__(reference)


@dataclass(frozen=True, slots=True)
class Progress:
    """The figures of a day in a territory, with the facts they were measured on."""

    programme: Programme
    as_of: date
    territory: Territory
    figures: tuple[Figure, ...]
    facts: Facts


def get_programme() -> Programme:
    """The programme that the register follows. Raises NoProgramme."""
    try:
        return followed_programme()
    except Programme.DoesNotExist:
        raise NoProgramme from None


def measure_progress(
    *,
    as_of: date,
    territory: str | None = None,
    programme: Programme | None = None,
    facts: Facts | None = None,
) -> Progress:
    """Measure every indicator as of a day, in `dep:22`, `reg:53`, `epci:…` or the whole country.

    Of the followed programme, unless another is given; on `facts`, its own of that day in the whole
    country, where they are already read. Raises NoProgramme, BeforeLaunch, or
    UnknownTerritory of the territories.
    """
    programme = programme or get_programme()
    if as_of < programme.launched_on:
        raise BeforeLaunch(as_of, programme.launched_on)
    place = find_territory(territory, on=as_of)
    towns = town_ids_in(place, on=as_of)
    facts = facts or read_facts(programme=programme, as_of=as_of)
    if towns is not None:
        facts = facts.within(towns, region=place.code if place.kind == "reg" else "")
    return Progress(programme, as_of, place, measure_all(facts), facts)


def read_facts(*, programme: Programme, as_of: date) -> Facts:
    """Read the register as it stood on a day, each row on the town that lives then."""
    living = living_towns(on=as_of)
    covered = _covered_towns(programme, as_of, living)
    active = _active_towns(programme, as_of, living)
    return Facts(
        as_of=as_of,
        active=active,
        adhesion=covered[AgreementKind.ADHESION],
        framework=covered[AgreementKind.FRAMEWORK],
        ort=covered["ort"],
        security=covered[AgreementKind.SECURITY],
        integrated_security=covered[AgreementKind.INTEGRATED_SECURITY],
        population=_population(as_of),
        plans=_plans(programme),
        commitments=_commitments(programme, as_of, living),
        missions=_missions(programme, as_of, living),
        brownfields=_brownfields(as_of, living),
        posts=_posts(programme, as_of, living),
        meetings=_meetings(as_of),
        late=covered["late"],
        fresh=_fresh(active, as_of),
        met=frozenset(living[town] for town in towns_met(as_of)),
        vacant=frozenset(vacant_posts(programme, as_of=as_of).values_list("reference", flat=True)),
    )


def rows_behind(progress: Progress) -> dict[str, list[Record]]:
    """The rows that the figures open onto, table by table, described as of that day."""
    tables = progress.facts.tables()
    behind = {
        int(key) for figure in progress.figures if figure.table == TOWNS for key in figure.rows
    }
    placed = {town for records in tables.values() for record in records for town in record.towns}
    labels = town_labels(behind | placed, on=progress.as_of)
    towns = [
        Record(town, (town,), None, (label.code, label.name, label.department_code))
        for town, label in labels.items()
        if town in behind
    ]
    places = _Places(labels, _region_names(progress.as_of))
    return {
        TOWNS: sorted(towns, key=lambda record: (record.cells, record.key)),
        **{code: places.complete(code, records) for code, records in tables.items()},
    }


def list_snapshots() -> QuerySet[Snapshot]:
    """Every frozen report, newest first, the whole country before its parts, without content."""
    national_first = Case(When(territory="national", then=0), default=1)
    return Snapshot.objects.without_content().order_by(
        "-as_of", national_first, "territory", "-revision"
    )


def get_snapshot(reference: str) -> Snapshot:
    """The frozen report of that reference. Raises UnknownSnapshot."""
    try:
        return Snapshot.objects.get(reference=reference)
    except Snapshot.DoesNotExist:
        raise UnknownSnapshot(reference) from None


def latest_snapshot(on: date | None = None, *, territory: str = "national") -> Snapshot | None:
    """The last revision of the newest report of a territory, none later than the day `on`."""
    snapshots = Snapshot.objects.filter(territory=territory)
    if on is not None:
        snapshots = snapshots.filter(as_of__lte=on)
    return snapshots.order_by("-as_of", "-revision").first()


def last_revision(*, programme: Programme, as_of: date, territory: str) -> Snapshot | None:
    """The last revision of the report of that day in that territory."""
    same = Snapshot.objects.filter(programme=programme, as_of=as_of, territory=territory)
    return same.order_by("-revision").first()


def _active_towns(programme: Programme, on: date, living: Mapping[int, int]) -> Towns:
    rows = open_designations(programme, as_of=on)
    return frozenset(living[town] for town in rows.values_list("town_id", flat=True))


def _covered_towns(
    programme: Programme, on: date, living: Mapping[int, int]
) -> dict[str, frozenset[int]]:
    """The towns covered by each kind of agreement, `ort` for those that count as ORT, and `late`
    for those whose eighteen months have passed without a framework."""
    rows: Any = covered_on(on).filter(agreement__programme=programme)
    covered: defaultdict[str, set[int]] = defaultdict(set)
    adhered: dict[int, date] = {}
    columns = ("agreement__kind", "agreement__counts_as_ort", "town_id", "since")
    for kind, counts_as_ort, town, since in rows.values_list(*columns):
        place = living[town]
        covered[kind].add(place)
        if counts_as_ort:
            covered["ort"].add(place)
        if kind == AgreementKind.ADHESION:
            adhered[place] = min(since, adhered.get(place, since))
    for place in adhered.keys() - covered[AgreementKind.FRAMEWORK]:
        if on > framework_due_on(adhered[place]):
            covered["late"].add(place)
    return {kind: frozenset(covered[kind]) for kind in (*AgreementKind.values, "ort", "late")}


def _fresh(active: Towns, on: date) -> Towns:
    states = freshness_of(active, on=on)
    return frozenset(town for town, known in states.items() if known.is_up_to_date)


def _population(on: date) -> dict[int, int]:
    rows: Iterable[Any] = Population.objects.as_of(on).values_list("town_id", "inhabitants")
    return dict(rows)


def _plans(programme: Programme) -> tuple[Record, ...]:
    rows = PlannedCommitment.objects.filter(programme=programme)
    return _in_order(
        Record(name, (), amount, (name, str(amount)))
        for name, amount in rows.values_list("funder__name", "amount")
    )


def _commitments(programme: Programme, on: date, living: Mapping[int, int]) -> tuple[Record, ...]:
    rows = given_commitments(programme, as_of=on)
    columns = ("decision_reference", "town_id", "amount")
    described = ("funder__name", "beneficiary_name", "beneficiary_siren", "decided_on")
    return _in_order(
        Record(
            key,
            (living[town],),
            amount,
            (key, funder, public_beneficiary(name, number), day.isoformat(), str(amount)),
        )
        for key, town, amount, funder, name, number, day in rows.values_list(*columns, *described)
    )


def _missions(programme: Programme, on: date, living: Mapping[int, int]) -> tuple[Record, ...]:
    rows = ExpertiseMission.objects.filter(programme=programme, notified_on__lte=on)
    columns = ("reference", "town_id", "amount", "funder__name", "theme", "notified_on")
    return _in_order(
        Record(key, (living[town],), amount, (key, *texts, day.isoformat(), str(amount)))
        for key, town, amount, *texts, day in rows.values_list(*columns)
    )


def _brownfields(on: date, living: Mapping[int, int]) -> tuple[Record, ...]:
    rows = BrownfieldProject.objects.filter(decided_on__lte=on)
    columns = ("reference", "town_id", "area_m2", "edition__number", "decided_on")
    return _in_order(
        Record(key, (living[town],), area, (key, str(edition), day.isoformat(), str(area)))
        for key, town, area, edition, day in rows.values_list(*columns)
    )


def _posts(programme: Programme, on: date, living: Mapping[int, int]) -> tuple[Record, ...]:
    """The posts open on a day; one that serves no town is open too."""
    rows = posts_on(on).filter(programme=programme).order_by("reference")
    served_on = ("served_towns__town_id", "served_towns__started_on", "served_towns__ended_on")
    columns = ("reference", "employer_kind", "started_on", *served_on)
    return _in_order(
        Record(
            key,
            tuple(
                sorted(
                    {
                        living[town]
                        for *_, town, start, end in served
                        if town is not None and covers(start, end, on)
                    }
                )
            ),
            None,
            (key, EmployerKind(kind).label, day.isoformat()),
        )
        for (key, kind, day), served in groupby(rows.values_list(*columns), lambda row: row[:3])
    )


def _meetings(on: date) -> tuple[Record, ...]:
    rows = Meeting.objects.filter(held_on__lte=on)
    columns = ("reference", "title", "held_on", "region__code", "participants")
    return _in_order(
        Record(
            key,
            (),
            None if participants is None else Decimal(participants),
            (
                key,
                title,
                day.isoformat(),
                "" if participants is None else str(participants),
            ),
            region=region or "",
        )
        for key, title, day, region, participants in rows.values_list(*columns)
    )


def _in_order(records: Iterable[Record]) -> tuple[Record, ...]:
    """By key, sorted here because databases do not agree on the order of texts."""
    return tuple(sorted(records, key=lambda record: str(record.key)))


def _region_names(on: date) -> dict[str, str]:
    rows: Iterable[Any] = RegionPeriod.objects.as_of(on).values_list("region__code", "name")
    return dict(rows)


@dataclass(frozen=True, slots=True)
class _Places:
    """The names of a day, which end the cells of the rows they belong to."""

    labels: Mapping[int, TownLabel]
    regions: Mapping[str, str]

    def complete(self, table: str, records: Iterable[Record]) -> list[Record]:
        """The same rows, ending with the towns or the région they concern."""
        if table == PLANS:
            return list(records)
        place = self._region if table == MEETINGS else self._towns
        return [replace(record, cells=(*record.cells, place(record))) for record in records]

    def _region(self, record: Record) -> str:
        return self.regions.get(record.region, record.region or "Nationale")

    def _towns(self, record: Record) -> str:
        labels = (self.labels[town] for town in record.towns)
        return ", ".join(f"{label.name} ({label.code})" for label in labels)

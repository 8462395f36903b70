"""The register as it stood on a day, read in plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from beffroi.club.events.models import Meeting
from beffroi.club.events.queries import towns_met
from beffroi.foundations.territories.models import Population
from beffroi.foundations.territories.queries import (
    living_towns,
)
from beffroi.offers.calls.models import BrownfieldProject
from beffroi.programme.agreements.models import AgreementKind
from beffroi.programme.agreements.queries import covered_on
from beffroi.programme.agreements.rules import framework_due_on
from beffroi.programme.membership.models import EmployerKind, Programme
from beffroi.programme.membership.queries import (
    open_designations,
    posts_on,
    vacant_posts,
)
from beffroi.programme.membership.rules import covers
from beffroi.programme.support.models import ExpertiseMission, PlannedCommitment
from beffroi.programme.support.queries import given_commitments
from beffroi.programme.support.rules import public_beneficiary
from beffroi.register.campaigns.queries import freshness_of

from ..indicators import Facts, Record, Signature, Towns

ORT = "ort"


def read_facts(*, programme: Programme, as_of: date) -> Facts:
    """Read the register as it stood on a day, each row on the town that lives then."""
    living = living_towns(on=as_of)
    signed = _signatures(programme, as_of, living)
    covered = {name: frozenset(towns) for name, towns in signed.items()}
    active = _active_towns(programme, as_of, living)
    return Facts(
        as_of=as_of,
        active=active,
        **covered,
        signed=signed,
        population=_population(as_of),
        plans=_plans(programme),
        commitments=_commitments(programme, as_of, living),
        missions=_missions(programme, as_of, living),
        brownfields=_brownfields(as_of, living),
        posts=_posts(programme, as_of, living),
        meetings=_meetings(as_of),
        late=_late(signed, as_of),
        fresh=_fresh(active, as_of),
        met=frozenset(living[town] for town in towns_met(as_of)),
        vacant=frozenset(vacant_posts(programme, as_of=as_of).values_list("reference", flat=True)),
    )


def _active_towns(programme: Programme, on: date, living: Mapping[int, int]) -> Towns:
    rows = open_designations(programme, as_of=on)
    return frozenset(living[town] for town in rows.values_list("town_id", flat=True))


def _signatures(
    programme: Programme, on: date, living: Mapping[int, int]
) -> dict[str, dict[int, Signature]]:
    """Since when, and by which agreement, towns are covered: by kind, and `ort` for those that
    count as ORT."""
    signed: dict[str, dict[int, Signature]] = {name: {} for name in (*AgreementKind.values, ORT)}
    rows: Any = covered_on(on).filter(agreement__programme=programme)
    columns = ("agreement__kind", "agreement__counts_as_ort", "town_id", "since")
    for kind, counts_as_ort, town, *told in rows.values_list(*columns, "agreement__reference"):
        signature = Signature(*told)
        for name in (kind, ORT) if counts_as_ort else (kind,):
            first = signed[name].setdefault(living[town], signature)
            signed[name][living[town]] = min(first, signature)
    return signed


def _late(signed: Mapping[str, Mapping[int, Signature]], on: date) -> Towns:
    """The towns whose eighteen months have passed without a framework."""
    waiting = signed[AgreementKind.ADHESION].keys() - signed[AgreementKind.FRAMEWORK].keys()
    adhered = signed[AgreementKind.ADHESION]
    return frozenset(town for town in waiting if on > framework_due_on(adhered[town].since))


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

"""The rows of the register on a day, one by one: what figures open onto."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from beffroi.club.events.models import Meeting
from beffroi.offers.calls.models import BrownfieldProject
from beffroi.programme.membership.models import EmployerKind, Programme, ProjectManagerPost
from beffroi.programme.membership.rules import covers
from beffroi.programme.support.models import ExpertiseMission, PlannedCommitment
from beffroi.programme.support.queries import given_commitments
from beffroi.programme.support.rules import public_beneficiary

from ..indicators import Listed, Record
from ..indicators.tables import BROWNFIELDS, COMMITMENTS, MEETINGS, MISSIONS, PLANS, POSTS


def list_plans(programme: Programme) -> Listed:
    """What each funder plans."""
    rows = PlannedCommitment.objects.filter(programme=programme)
    return _in_order(
        PLANS,
        (
            Record(name, (), amount, (name, str(amount)))
            for name, amount in rows.values_list("funder__name", "amount")
        ),
    )


def list_commitments(programme: Programme, on: date, living: Mapping[int, int]) -> Listed:
    """The decisions committed or paid by a day."""
    rows = given_commitments(programme, as_of=on)
    columns = ("decision_reference", "town_id", "amount")
    described = ("funder__name", "beneficiary_name", "beneficiary_siren", "decided_on")
    return _in_order(
        COMMITMENTS,
        (
            Record(
                key,
                (living[town],),
                amount,
                (key, funder, public_beneficiary(name, number), day.isoformat(), str(amount)),
            )
            for key, town, amount, funder, name, number, day in rows.values_list(
                *columns, *described
            )
        ),
    )


def list_missions(programme: Programme, on: date, living: Mapping[int, int]) -> Listed:
    """The missions notified by a day."""
    rows = ExpertiseMission.objects.filter(programme=programme, notified_on__lte=on)
    columns = ("reference", "town_id", "amount", "funder__name", "theme", "notified_on")
    return _in_order(
        MISSIONS,
        (
            Record(key, (living[town],), amount, (key, *texts, day.isoformat(), str(amount)))
            for key, town, amount, *texts, day in rows.values_list(*columns)
        ),
    )


def list_brownfields(on: date, living: Mapping[int, int]) -> Listed:
    """The laureate projects decided by a day."""
    rows = BrownfieldProject.objects.filter(decided_on__lte=on)
    columns = ("reference", "town_id", "area_m2", "edition__number", "decided_on")
    return _in_order(
        BROWNFIELDS,
        (
            Record(key, (living[town],), area, (key, str(edition), day.isoformat(), str(area)))
            for key, town, area, edition, day in rows.values_list(*columns)
        ),
    )


@dataclass(frozen=True, slots=True)
class Posts:
    """Every post and the towns it serves, with their periods, read once for any day."""

    rows: tuple[tuple[str, str, date, date | None, tuple[Any, ...]], ...]

    @property
    def towns(self) -> frozenset[int]:
        """The towns that a post served on any day, as the register keeps them."""
        return frozenset(town for *_, served in self.rows for town, _, _ in served)

    def on(self, day: date, living: Mapping[int, int]) -> Listed:
        """The posts open on a day; one that serves no town is open too."""
        return _in_order(
            POSTS,
            (
                Record(
                    key,
                    tuple(
                        sorted(
                            {living[town] for town, start, end in served if covers(start, end, day)}
                        )
                    ),
                    None,
                    (key, EmployerKind(kind).label, start.isoformat()),
                )
                for key, kind, start, end, served in self.rows
                if covers(start, end, day)
            ),
        )


def read_posts(programme: Programme) -> Posts:
    """The posts of a programme. One query."""
    rows = ProjectManagerPost.objects.filter(programme=programme).order_by("reference")
    served_on = ("served_towns__town_id", "served_towns__started_on", "served_towns__ended_on")
    columns = ("reference", "employer_kind", "started_on", "ended_on", *served_on)
    grouped = groupby(rows.values_list(*columns), lambda row: row[:4])
    return Posts(
        tuple(
            (*post, tuple(row[4:] for row in served if row[4] is not None))
            for post, served in grouped
        )
    )


def list_meetings(until: date) -> Listed:
    """The meetings held by a day."""
    rows = Meeting.objects.filter(held_on__lte=until)
    columns = ("reference", "title", "held_on", "region__code", "participants")
    return _in_order(
        MEETINGS,
        (
            Record(
                key,
                (),
                None if people is None else Decimal(people),
                (key, title, day.isoformat(), "" if people is None else str(people)),
                region=region or "",
            )
            for key, title, day, region, people in rows.values_list(*columns)
        ),
    )


def _in_order(table: str, records: Iterable[Record]) -> Listed:
    """By key, sorted here because databases do not agree on the order of texts."""
    return Listed(table, tuple(sorted(records, key=lambda record: str(record.key))))

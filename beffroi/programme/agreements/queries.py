"""Reads of agreements: what was signed, for whom, and who is late.

`town_ids` are taken as they are kept: whoever follows towns through mergers passes every identity.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from beffroi.foundations.mandates.queries import NATIONAL, Scope, rows_within
from beffroi.foundations.territories.models import IntercommunalityMembership
from beffroi.foundations.territories.queries import living_towns, population_of
from beffroi.programme.agreements.models import (
    Agreement,
    AgreementDocument,
    AgreementKind,
    Amendment,
    Capacity,
    Coverage,
    Party,
)
from beffroi.programme.agreements.rules import (
    Deadline,
    OrtSuggestion,
    deadline_of,
    suggest_ort,
)
from beffroi.programme.membership.models import Programme
from beffroi.programme.membership.queries import open_designations

__all__ = [
    "CoveragePeriod",
    "Deadline",
    "adhesions_signed",
    "agreements_of",
    "coverage_periods",
    "covered_on",
    "deadlines",
    "late_towns",
    "ort_suggestion",
    "security_signed",
    "whole_agreements",
]

_IN_FORCE_SINCE = Coalesce("added_by__signed_on", "agreement__signed_on")
_SECURITY = (AgreementKind.SECURITY, AgreementKind.INTEGRATED_SECURITY)


def adhesions_signed(programme: Programme) -> dict[int, date]:
    """The day of the first adhesion agreement of each town that has one."""
    rows = Coverage.objects.filter(
        agreement__programme=programme, agreement__kind=AgreementKind.ADHESION
    )
    in_time = rows.order_by("-agreement__signed_on")
    return dict(in_time.values_list("town_id", "agreement__signed_on"))


def security_signed(programme: Programme) -> dict[tuple[int, str], date]:
    """The day of the first security contract of each town and kind."""
    rows = Coverage.objects.filter(
        agreement__programme=programme, agreement__kind__in=_SECURITY
    ).order_by("-agreement__signed_on")
    columns = ("town_id", "agreement__kind", "agreement__signed_on")
    return {(town_id, kind): day for town_id, kind, day in rows.values_list(*columns)}


def covered_on(as_of: date) -> QuerySet[Coverage]:
    """The towns covered on a day, by agreements signed by then, as amended by then.

    `since` is the day each town came under its agreement. An agreement that has ended is still
    one that was signed: its towns stay.
    """
    rows = Coverage.objects.annotate(since=_IN_FORCE_SINCE)
    return rows.filter(
        Q(removed_by__isnull=True) | Q(removed_by__signed_on__gt=as_of),
        agreement__signed_on__lte=as_of,
        since__lte=as_of,
    )


@dataclass(frozen=True, slots=True)
class CoveragePeriod:
    """A town under an agreement: from the later of `since` and `signed_on`, both included, up to,
    not including, `until`."""

    kind: str
    counts_as_ort: bool
    town_id: int
    since: date
    signed_on: date
    until: date | None
    reference: str

    @property
    def first_on(self) -> date:
        """The first day on which `covered_on` gives it."""
        return max(self.since, self.signed_on)


def coverage_periods(programme: Programme) -> list[CoveragePeriod]:
    """Every town ever covered by an agreement of a programme, for whoever asks many days."""
    rows: Any = Coverage.objects.annotate(since=_IN_FORCE_SINCE)
    columns = ("agreement__kind", "agreement__counts_as_ort", "town_id", "since")
    dates = ("agreement__signed_on", "removed_by__signed_on", "agreement__reference")
    found = rows.filter(agreement__programme=programme).values_list(*columns, *dates)
    return [CoveragePeriod(*row) for row in found]


def agreements_of(town_ids: Collection[int], *, as_of: date | None = None) -> QuerySet[Agreement]:
    """The agreements that cover, or covered, towns, oldest first, whole; those that cover them on
    a day where one is given. Five queries whatever their number."""
    rows = Coverage.objects.all() if as_of is None else covered_on(as_of)
    found = rows.filter(town_id__in=town_ids).values("agreement_id")
    return whole_agreements(Agreement.objects.filter(pk__in=found).order_by("signed_on", "pk"))


def whole_agreements(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """The same agreements with their towns, parties, amendments and documents."""
    return rows.select_related("programme", "intercommunality").prefetch_related(
        Prefetch(
            "coverages", Coverage.objects.select_related("added_by", "removed_by").order_by("pk")
        ),
        Prefetch(
            "parties",
            Party.objects.select_related(
                "town", "intercommunality", "region", "department", "organisation"
            ).order_by("pk"),
        ),
        Prefetch("amendments", Amendment.objects.order_by("number")),
        Prefetch("documents", AgreementDocument.objects.order_by("added_at", "pk")),
    )


def deadlines(programme: Programme, *, as_of: date, scope: Scope = NATIONAL) -> list[Deadline]:
    """The eighteen months of each active town that has signed its adhesion, soonest first.

    Towns are the ones that live on that day; of two that became one, the first adhesion counts.
    A framework counts from the first day one covers the town. Five queries for any number.
    """
    living = living_towns(on=as_of)
    active: set[int] = set()
    adhesions: dict[int, date] = {}
    frameworks: dict[int, date] = {}
    for town_id, kind, since in _towns_and_signatures(programme, as_of, scope):
        town = living[town_id]
        if kind == _ACTIVE:
            active.add(town)
        else:
            signed = adhesions if kind == AgreementKind.ADHESION else frameworks
            signed[town] = min(since, signed.get(town, since))
    found = (
        deadline_of(
            town_id=town,
            adhesion_signed_on=adhesions[town],
            framework_signed_on=frameworks.get(town),
            as_of=as_of,
        )
        for town in active & adhesions.keys()
    )
    return sorted(found, key=lambda deadline: (deadline.due_on, deadline.town_id))


def late_towns(programme: Programme, *, as_of: date, scope: Scope = NATIONAL) -> list[Deadline]:
    """Those whose eighteen months have passed with no framework, the latest first."""
    return [
        deadline for deadline in deadlines(programme, as_of=as_of, scope=scope) if deadline.is_late
    ]


def ort_suggestion(
    *,
    kind: AgreementKind,
    intercommunality_id: int | None,
    signing_town_ids: Collection[int],
    signed_on: date,
) -> OrtSuggestion:
    """Whether an agreement should count as ORT, by the EPCI's members on the day it was signed."""
    populations: Mapping[int, int] | None = None
    if intercommunality_id is not None:
        members = IntercommunalityMembership.objects.as_of(signed_on).filter(
            intercommunality_id=intercommunality_id
        )
        populations = population_of(members.values_list("town_id", flat=True), on=signed_on)
    return suggest_ort(
        is_framework=kind == AgreementKind.FRAMEWORK,
        populations=populations,
        signing_town_ids=signing_town_ids,
    )


def signing_towns(agreement: Agreement) -> frozenset[int]:
    """The towns whose mayor signs; the covered ones where no party was recorded."""
    parties = [
        party.town_id
        for party in agreement.parties.all()
        if party.capacity == Capacity.TOWN and party.town_id
    ]
    covered = (row.town_id for row in agreement.coverages.all() if row.removed_by_id is None)
    return frozenset(parties or covered)


_ACTIVE = "active"


def _towns_and_signatures(
    programme: Programme, as_of: date, scope: Scope
) -> Iterable[tuple[int, str, Any]]:
    """Active towns of the area, then who is covered since when, read in one go."""
    active = rows_within(open_designations(programme, as_of=as_of), scope)
    covered: QuerySet[Any, Any] = covered_on(as_of).filter(
        agreement__programme=programme,
        agreement__kind__in=(AgreementKind.ADHESION, AgreementKind.FRAMEWORK),
    )
    towns = active.annotate(what=Value(_ACTIVE), day=F("started_on")).values_list(
        "town_id", "what", "day"
    )
    signatures = covered.values_list("town_id", "agreement__kind", "since")
    return towns.union(signatures, all=True)

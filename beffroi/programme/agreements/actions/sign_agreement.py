"""Record one signed agreement, with those who sign it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from beffroi.foundations.audit.actions import (
    Authorship,
    as_new,
    record_changes,
)
from beffroi.programme.agreements.models import Agreement, AgreementKind, Capacity, Coverage, Party
from beffroi.programme.membership.models import Programme
from beffroi.programme.membership.rules import check_order

from .sign_agreements import AgreementRecord

TOLD = (
    "kind",
    "reference",
    "signed_on",
    "ended_on",
    "counts_as_ort",
    "intercommunality_id",
)
_COLUMNS = {
    Capacity.TOWN: "town_id",
    Capacity.INTERCOMMUNALITY: "intercommunality_id",
    Capacity.STATE: "department_id",
    Capacity.REGION: "region_id",
    Capacity.DEPARTMENT: "department_id",
    Capacity.PARTNER: "organisation_id",
}


class AgreementExists(ValueError):
    """The programme has an agreement of that kind and reference."""

    def __init__(self, kind: AgreementKind, reference: str) -> None:
        self.kind = kind
        self.reference = reference
        super().__init__(f"Une {kind.label} porte déjà le numéro «\u00a0{reference}\u00a0».")


class CoversNobody(ValueError):
    """An agreement covers one town at least."""

    def __init__(self) -> None:
        super().__init__("Une convention couvre au moins une commune.")


class OnlyFrameworksAreOrt(ValueError):
    """An agreement that is no framework cannot count as ORT."""

    def __init__(self) -> None:
        super().__init__("Seule une convention-cadre peut valoir ORT.")


class PartyUnnamed(ValueError):
    """A party's capacity asks for a place, or an organisation, that was not given."""

    def __init__(self, capacity: Capacity) -> None:
        self.capacity = capacity
        super().__init__(f"Précisez qui signe\u00a0: {capacity.label}.")


class PartyTwice(ValueError):
    """The same party comes twice."""

    def __init__(self) -> None:
        super().__init__("Un même signataire figure deux fois.")


@dataclass(frozen=True, slots=True)
class PartyRecord:
    """Who signs, in what capacity. `place_id` is the town, EPCI, région, département or
    organisation; None for the State at large. `signed_on` is empty until it has signed."""

    capacity: Capacity
    place_id: int | None = None
    signed_on: date | None = None


@transaction.atomic
def sign_agreement(
    *,
    programme: Programme,
    record: AgreementRecord,
    parties: Sequence[PartyRecord] = (),
    ended_on: date | None = None,
    by: Authorship,
) -> Agreement:
    """Record a signed agreement, its towns and its parties. A person decides whether it counts as
    ORT; `queries.ort_suggestion` only suggests.

    Raises AgreementExists, CoversNobody, OnlyFrameworksAreOrt, PartyUnnamed, PartyTwice,
    BackwardPeriod.
    """
    check_order(record.signed_on, ended_on)
    check_ort(record.kind, counts_as_ort=record.counts_as_ort)
    if not record.town_ids:
        raise CoversNobody
    reference = record.reference.strip()
    check_reference(programme, record.kind, reference)
    agreement = Agreement.objects.create(
        programme=programme,
        kind=record.kind.value,
        reference=reference,
        signed_on=record.signed_on,
        ended_on=ended_on,
        counts_as_ort=record.counts_as_ort,
        intercommunality_id=record.intercommunality_id,
    )
    town_ids = sorted(set(record.town_ids))
    Coverage.objects.bulk_create(Coverage(agreement=agreement, town_id=pk) for pk in town_ids)
    told = {**as_new(agreement, *TOLD), "town_ids": (None, town_ids)}
    if written := write_parties(agreement, parties):
        told["parties"] = (None, [str(party) for party in written])
    record_changes(verb="sign_agreement", rows=[(agreement, told)], by=by)
    return agreement


def check_ort(kind: AgreementKind, *, counts_as_ort: bool) -> None:
    """Raises OnlyFrameworksAreOrt."""
    if counts_as_ort and kind != AgreementKind.FRAMEWORK:
        raise OnlyFrameworksAreOrt


def check_reference(
    programme: Programme, kind: AgreementKind, reference: str, *, but: int | None = None
) -> None:
    """Raises AgreementExists where another agreement bears it."""
    rows = Agreement.objects.filter(programme=programme, kind=kind.value, reference=reference)
    if any(pk != but for pk in rows.values_list("pk", flat=True)):
        raise AgreementExists(kind, reference)


def write_parties(agreement: Agreement, parties: Sequence[PartyRecord]) -> list[Party]:
    """Give an agreement its parties. Raises PartyUnnamed, PartyTwice."""
    if len({(party.capacity, party.place_id) for party in parties}) != len(parties):
        raise PartyTwice
    rows = [_party(agreement, party) for party in parties]
    return Party.objects.bulk_create(rows)


def _party(agreement: Agreement, party: PartyRecord) -> Party:
    if party.place_id is None and party.capacity != Capacity.STATE:
        raise PartyUnnamed(party.capacity)
    columns: dict[str, Any] = {_COLUMNS[party.capacity]: party.place_id}
    return Party(
        agreement=agreement,
        capacity=party.capacity.value,
        signed_on=party.signed_on,
        **columns,
    )

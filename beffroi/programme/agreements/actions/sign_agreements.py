"""Record signed agreements and the towns they cover, one or thousands at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from beffroi.foundations.audit.actions import Authorship, Differences, record_written
from beffroi.foundations.upsert import Change, upsert
from beffroi.programme.agreements.models import Agreement, AgreementKind, Coverage
from beffroi.programme.membership.models import Programme

_FIELDS = ("signed_on", "counts_as_ort", "intercommunality_id")


@dataclass(frozen=True, slots=True)
class AgreementRecord:
    """A signed document and towns it covers. Only a framework may count as ORT."""

    kind: AgreementKind
    reference: str
    signed_on: date
    town_ids: tuple[int, ...]
    counts_as_ort: bool = False
    intercommunality_id: int | None = None


@dataclass(frozen=True, slots=True)
class SignedAgreement:
    """What was done to an agreement, the towns it did not cover before, and `(old, new)` for each
    attribute that changed."""

    change: Change
    new_town_ids: frozenset[int]
    differences: Differences = field(default_factory=dict)


@transaction.atomic
def sign_agreements(
    *, programme: Programme, records: Sequence[AgreementRecord], by: Authorship
) -> list[SignedAgreement]:
    """Record each agreement and add the towns it covers; a kind and reference come once. Never
    takes a town out of an agreement."""
    kinds = {record.kind.value for record in records}
    agreements = upsert(
        Agreement.objects.filter(programme=programme, kind__in=kinds),
        [_row(programme, record) for record in records],
        key=["reference", "kind"],
        fields=_FIELDS,
    )
    record_written(verb="sign_agreements", written=agreements, by=by)
    covered = [
        Coverage(agreement=agreement.row, town_id=town_id)
        for agreement, record in zip(agreements, records, strict=True)
        for town_id in record.town_ids
    ]
    coverages = upsert(
        Coverage.objects.filter(agreement__programme=programme, agreement__kind__in=kinds),
        covered,
        key=["agreement_id", "town_id"],
        fields=[],
    )
    record_written(verb="sign_agreements", written=coverages, by=by)
    new = {
        (item.row.agreement_id, item.row.town_id)
        for item in coverages
        if item.change is Change.CREATED
    }
    return [
        SignedAgreement(
            agreement.change,
            frozenset(town for town in record.town_ids if (agreement.row.pk, town) in new),
            agreement.differences,
        )
        for agreement, record in zip(agreements, records, strict=True)
    ]


def _row(programme: Programme, record: AgreementRecord) -> Agreement:
    return Agreement(
        programme=programme,
        kind=record.kind.value,
        reference=record.reference,
        signed_on=record.signed_on,
        counts_as_ort=record.counts_as_ort,
        intercommunality_id=record.intercommunality_id,
    )

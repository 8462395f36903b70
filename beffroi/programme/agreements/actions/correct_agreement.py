"""Bring an agreement that was recorded wrongly to what was signed, or say that it has ended."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from beffroi.foundations.audit.actions import Authorship, bring, record_changes, require_reason
from beffroi.programme.agreements.models import Agreement, AgreementKind, Coverage
from beffroi.programme.membership.rules import check_order

from .sign_agreement import (
    CoversNobody,
    PartyRecord,
    check_ort,
    check_reference,
    write_parties,
)


class SignedAfterAmendment(ValueError):
    """An amendment would come before the agreement that it changes."""

    def __init__(self, amended_on: date) -> None:
        self.amended_on = amended_on
        super().__init__("La convention serait signée après l’un de ses avenants.")


@dataclass(frozen=True, slots=True)
class AgreementCorrection:
    """What an agreement should say. `town_ids` are the towns covered as at signature."""

    reference: str
    signed_on: date
    ended_on: date | None
    counts_as_ort: bool
    intercommunality_id: int | None
    town_ids: frozenset[int]


@transaction.atomic
def correct_agreement(
    *, agreement: Agreement, correction: AgreementCorrection, by: Authorship
) -> Agreement:
    """Bring an agreement to what was signed, with a reason. Later changes go through amendments.

    Raises ReasonMissing, BackwardPeriod, SignedAfterAmendment, AgreementExists,
    OnlyFrameworksAreOrt, CoversNobody.
    """
    require_reason(by)
    row = Agreement.objects.select_for_update().get(pk=agreement.pk)
    kind = AgreementKind(row.kind)
    check_order(correction.signed_on, correction.ended_on)
    check_ort(kind, counts_as_ort=correction.counts_as_ort)
    check_reference(row.programme, kind, correction.reference.strip(), but=row.pk)
    amended_on = row.amendments.order_by("signed_on").values_list("signed_on", flat=True).first()
    if amended_on and amended_on < correction.signed_on:
        raise SignedAfterAmendment(amended_on)
    told = dict(
        bring(
            row,
            reference=correction.reference.strip(),
            signed_on=correction.signed_on,
            ended_on=correction.ended_on,
            counts_as_ort=correction.counts_as_ort,
            intercommunality_id=correction.intercommunality_id,
        )
    )
    told |= _correct_towns(row, correction.town_ids)
    record_changes(verb="correct_agreement", rows=[(row, told)], by=by)
    return row


@transaction.atomic
def name_parties(
    *, agreement: Agreement, parties: Sequence[PartyRecord], by: Authorship
) -> Agreement:
    """Say who signs an agreement, and when each signed. Raises PartyUnnamed, PartyTwice."""
    row = Agreement.objects.select_for_update().get(pk=agreement.pk)
    before = _worded(row)
    row.parties.all().delete()
    write_parties(row, parties)
    after = _worded(row)
    told = {"parties": (before, after)} if before != after else {}
    record_changes(verb="name_parties", rows=[(row, told)], by=by)
    return row


@transaction.atomic
def end_agreement(*, agreement: Agreement, ended_on: date, by: Authorship) -> Agreement:
    """Say on which day an agreement ends. Raises BackwardPeriod."""
    row = Agreement.objects.select_for_update().get(pk=agreement.pk)
    check_order(row.signed_on, ended_on)
    record_changes(verb="end_agreement", rows=[(row, bring(row, ended_on=ended_on))], by=by)
    return row


def _correct_towns(
    agreement: Agreement, town_ids: Collection[int]
) -> dict[str, tuple[list[int], list[int]]]:
    """Towns that amendments let in or out stay as the amendments say."""
    rows = Coverage.objects.filter(agreement=agreement)
    at_signature = set(rows.filter(added_by__isnull=True).values_list("town_id", flat=True))
    let_in = set(rows.filter(added_by__isnull=False).values_list("town_id", flat=True))
    wanted = set(town_ids) - (let_in - at_signature)
    if not wanted:
        raise CoversNobody
    if wanted == at_signature:
        return {}
    gone = at_signature - wanted
    rows.filter(town_id__in=gone, added_by__isnull=True, removed_by__isnull=True).delete()
    new = wanted - at_signature
    Coverage.objects.bulk_create(Coverage(agreement=agreement, town_id=pk) for pk in sorted(new))
    return {"town_ids": (sorted(at_signature), sorted(wanted))}


def _worded(agreement: Agreement) -> list[str]:
    rows = agreement.parties.select_related(
        "town", "intercommunality", "region", "department", "organisation"
    )
    return sorted(
        f"{party}, {party.signed_on.isoformat() if party.signed_on else 'non signé'}"
        for party in rows
    )

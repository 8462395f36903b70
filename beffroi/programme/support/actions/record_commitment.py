"""Record one decision to give money, with what proves it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.core.files.base import ContentFile
from django.db import transaction

from beffroi.foundations.audit.actions import Authorship, as_new, record_changes
from beffroi.foundations.dates import format_date
from beffroi.foundations.media.deeds import Deed
from beffroi.foundations.money import format_amount
from beffroi.programme.membership.models import Programme
from beffroi.programme.support.models import MoneyState, MoneyStep, RealisedCommitment
from beffroi.programme.support.queries import look_alikes
from beffroi.programme.support.rules import StepFault, step_fault

from .record_commitments import CommitmentRecord

_TOLD = (*CommitmentRecord.__dataclass_fields__, "state")
STEP_TOLD = ("state", "reached_on", "amount", "evidence", "document_name")


class DecisionExists(ValueError):
    """The decision is known: it counts once."""

    def __init__(self, commitment: RealisedCommitment) -> None:
        self.commitment = commitment
        super().__init__(
            f"La décision «\u00a0{commitment.decision_reference}\u00a0» est déjà enregistrée"
            f"\u00a0: {format_amount(commitment.amount, decimals=2)}, "
            f"le {format_date(commitment.decided_on)}."
        )


class EvidenceMissing(ValueError):
    """A state is proved by a reference."""

    def __init__(self) -> None:
        super().__init__("Indiquez la pièce qui justifie cet état.")


class FaultyStep(ValueError):
    """The step does not follow from those before it."""

    def __init__(self, fault: StepFault) -> None:
        self.fault = fault
        super().__init__(_WORDS[fault])


_WORDS = {
    StepFault.BEFORE_EARLIER_STATE: "Cette date précède celle d’un état antérieur.",
    StepFault.ABOVE_COMMITTED: "Le montant payé dépasse le montant engagé.",
    StepFault.NEGATIVE: "Un montant ne peut pas être négatif.",
}


@dataclass(frozen=True, slots=True)
class StepRecord:
    """A state, the day it was reached, the amount in euros, and what proves it."""

    state: MoneyState
    reached_on: date
    amount: Decimal
    evidence: str
    deed: Deed | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """A decision, and those whose reference is the same but for case and spaces."""

    commitment: RealisedCommitment
    look_alikes: tuple[RealisedCommitment, ...]


@transaction.atomic
def record_commitment(
    *,
    programme: Programme,
    record: CommitmentRecord,
    state: MoneyState,
    evidence: str,
    deed: Deed | None = None,
    by: Authorship,
) -> Recorded:
    """Record a decision in the state it reached on `record.decided_on`.

    Raises DecisionExists, EvidenceMissing, FaultyStep.
    """
    known = RealisedCommitment.objects.filter(
        programme=programme, decision_reference=record.decision_reference
    ).first()
    if known:
        raise DecisionExists(known)
    alike = tuple(look_alikes(programme, reference=record.decision_reference))
    step = StepRecord(state, record.decided_on, record.amount, evidence, deed)
    check_step(step, {})
    row = RealisedCommitment.objects.create(programme=programme, state=state, **asdict(record))
    record_changes(verb="record_commitment", rows=[(row, as_new(row, *_TOLD))], by=by)
    write_step(row, step, verb="record_commitment", by=by)
    return Recorded(row, alike)


def check_step(step: StepRecord, before: dict[str, tuple[date, Decimal]]) -> None:
    """Raises EvidenceMissing, FaultyStep."""
    if not step.evidence.strip():
        raise EvidenceMissing
    fault = step_fault(
        state=step.state, reached_on=step.reached_on, amount=step.amount, before=before
    )
    if fault:
        raise FaultyStep(fault)


def write_step(
    commitment: RealisedCommitment, step: StepRecord, *, verb: str, by: Authorship
) -> MoneyStep:
    """Write a step that was checked, inside the action that `verb` names."""
    row = MoneyStep(
        commitment=commitment,
        state=step.state.value,
        reached_on=step.reached_on,
        amount=step.amount,
        evidence=step.evidence.strip(),
    )
    if step.deed:
        row.document_name = step.deed.name
        row.document.save(step.deed.name, ContentFile(step.deed.content), save=False)
    row.save()
    record_changes(verb=verb, rows=[(row, as_new(row, *STEP_TOLD))], by=by)
    return row

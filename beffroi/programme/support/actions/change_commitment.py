"""Move a decision from one state of money to another, correct it, cancel it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal

from django.db import transaction

from beffroi.foundations.audit.actions import (
    Authorship,
    as_gone,
    bring,
    record_changes,
    require_reason,
)
from beffroi.programme.membership.rules import check_order
from beffroi.programme.support.models import MoneyState, MoneyStep, RealisedCommitment
from beffroi.programme.support.rules import rank, step_fault

from .decisive_steps import decisive_step
from .record_commitment import (
    STEP_TOLD,
    DecisionExists,
    FaultyStep,
    StepRecord,
    check_step,
    write_step,
)
from .record_commitments import CommitmentRecord


class Cancelled(ValueError):
    """The decision was cancelled."""

    def __init__(self, on: date) -> None:
        self.on = on
        super().__init__("Cet engagement est annulé\u202f; rétablissez-le d’abord.")


@transaction.atomic
def advance_commitment(
    *, commitment: RealisedCommitment, step: StepRecord, by: Authorship
) -> RealisedCommitment:
    """Bring a decision to a state. Going back, or saying a state anew, takes the steps from that
    state on away and needs a reason.

    Raises ReasonMissing, EvidenceMissing, FaultyStep, Cancelled.
    """
    row = _lock(commitment)
    steps = _steps(row, by)
    withdrawn = [known for known in steps if rank(known.state) >= rank(step.state)]
    if withdrawn:
        require_reason(by)
    kept = [known for known in steps if known not in withdrawn]
    check_step(step, _told(kept))
    traced = [(known, as_gone(known, *STEP_TOLD)) for known in withdrawn]
    record_changes(verb="advance_commitment", rows=traced, by=by)
    MoneyStep.objects.filter(pk__in=[known.pk for known in withdrawn]).delete()
    written = write_step(row, step, verb="advance_commitment", by=by)
    told = bring(row, **_outcome([*kept, written]))
    record_changes(verb="advance_commitment", rows=[(row, told)], by=by)
    return row


@transaction.atomic
def correct_commitment(
    *, commitment: RealisedCommitment, record: CommitmentRecord, by: Authorship
) -> RealisedCommitment:
    """Bring what was recorded wrongly to what was decided, with a reason. The step that gave the
    decision its day and amount follows.

    Raises ReasonMissing, DecisionExists, FaultyStep, Cancelled.
    """
    require_reason(by)
    row = _lock(commitment)
    same = RealisedCommitment.objects.filter(
        programme=row.programme, decision_reference=record.decision_reference
    )
    known = same.exclude(pk=row.pk).first()
    if known:
        raise DecisionExists(known)
    _correct_step(row, record, by)
    told = bring(row, **asdict(record))
    record_changes(verb="correct_commitment", rows=[(row, told)], by=by)
    return row


@transaction.atomic
def cancel_commitment(
    *, commitment: RealisedCommitment, cancelled_on: date | None, by: Authorship
) -> RealisedCommitment:
    """Stop counting a decision from a day on, with a reason; no day restores it.

    Raises ReasonMissing, BackwardPeriod where it is cancelled before it was decided.
    """
    require_reason(by)
    row = RealisedCommitment.objects.select_for_update().get(pk=commitment.pk)
    check_order(row.decided_on, cancelled_on)
    told = bring(row, cancelled_on=cancelled_on)
    verb = "cancel_commitment" if cancelled_on else "restore_commitment"
    record_changes(verb=verb, rows=[(row, told)], by=by)
    return row


def _lock(commitment: RealisedCommitment) -> RealisedCommitment:
    rows = RealisedCommitment.objects.select_for_update(of=("self",)).select_related("programme")
    row = rows.get(pk=commitment.pk)
    if row.cancelled_on:
        raise Cancelled(row.cancelled_on)
    return row


def _steps(row: RealisedCommitment, by: Authorship) -> list[MoneyStep]:
    """The steps of a decision; one that a file brought gets the step that its row implies."""
    steps = list(row.steps.all())
    if steps:
        return steps
    implied = StepRecord(MoneyState(row.state), row.decided_on, row.amount, row.decision_reference)
    return [write_step(row, implied, verb="advance_commitment", by=by)]


def _told(steps: list[MoneyStep]) -> dict[str, tuple[date, Decimal]]:
    return {step.state: (step.reached_on, step.amount) for step in steps}


def _outcome(steps: list[MoneyStep]) -> dict[str, str | date | Decimal]:
    """The state that the steps lead to, and the day and amount of what was committed, or of the
    nearest step to it."""
    last = max(steps, key=lambda step: rank(step.state))
    decisive = decisive_step(steps)
    return {"state": last.state, "decided_on": decisive.reached_on, "amount": decisive.amount}


def _correct_step(row: RealisedCommitment, record: CommitmentRecord, by: Authorship) -> None:
    steps = list(row.steps.all())
    if not steps:
        return
    decisive = decisive_step(steps)
    told = bring(decisive, reached_on=record.decided_on, amount=record.amount)
    for step in steps:
        fault = step_fault(
            state=step.state, reached_on=step.reached_on, amount=step.amount, before=_told(steps)
        )
        if fault:
            raise FaultyStep(fault)
    record_changes(verb="correct_commitment", rows=[(decisive, told)], by=by)

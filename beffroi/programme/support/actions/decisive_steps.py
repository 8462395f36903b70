"""The step that gave a decision its day and its amount follows the decision."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby

from beffroi.foundations.audit.actions import Authorship, bring, record_changes
from beffroi.programme.support.models import MoneyState, MoneyStep
from beffroi.programme.support.rules import rank

_BATCH = 500


def decisive_step(steps: Sequence[MoneyStep]) -> MoneyStep:
    """The furthest step short of payment: what was committed, or is nearest to it."""
    unpaid = [step for step in steps if step.state != MoneyState.PAID]
    return max(unpaid or steps, key=lambda step: rank(step.state))


def follow_decisions(commitment_ids: Collection[int], *, verb: str, by: Authorship) -> None:
    """Bring the decisive step of each decision to the decision's own day and amount."""
    wanted = sorted(commitment_ids)
    for start in range(0, len(wanted), _BATCH):
        rows = MoneyStep.objects.filter(commitment_id__in=wanted[start : start + _BATCH])
        ordered = rows.select_related("commitment").order_by("commitment_id", "pk")
        for _, steps in groupby(ordered, lambda step: step.commitment_id):
            step = decisive_step(list(steps))
            decision = step.commitment
            told = bring(step, reached_on=decision.decided_on, amount=decision.amount)
            record_changes(verb=verb, rows=[(step, told)], by=by)

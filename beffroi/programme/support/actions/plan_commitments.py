"""Record what funders plan to commit over the life of a programme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from beffroi.foundations.audit.actions import Authorship, record_written
from beffroi.foundations.upsert import Written, upsert
from beffroi.programme.membership.models import Programme
from beffroi.programme.support.models import PlannedCommitment


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """A funder's plan, in euros."""

    funder_id: int
    amount: Decimal


@transaction.atomic
def plan_commitments(
    *, programme: Programme, records: Sequence[PlanRecord], by: Authorship
) -> list[Written[PlannedCommitment]]:
    """Record each funder's plan, or bring it to this amount; each funder comes once. Says what was
    done, in order."""
    written = upsert(
        PlannedCommitment.objects.filter(programme=programme),
        [
            PlannedCommitment(programme=programme, funder_id=record.funder_id, amount=record.amount)
            for record in records
        ],
        key=["funder_id"],
        fields=["amount"],
    )
    record_written(verb="plan_commitments", written=written, by=by)
    return written

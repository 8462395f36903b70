"""Record one expert's mission, or correct it; give one funder its plan."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction

from beffroi.foundations.audit.actions import (
    Authorship,
    as_new,
    bring,
    record_changes,
    require_reason,
)
from beffroi.programme.membership.models import Programme
from beffroi.programme.support.models import ExpertiseMission, PlannedCommitment
from beffroi.programme.support.rules import StepFault

from .plan_commitments import PlanRecord
from .record_commitment import FaultyStep
from .record_missions import MissionRecord


class MissionExists(ValueError):
    """The programme has a mission of that reference."""

    def __init__(self, reference: str) -> None:
        self.reference = reference
        super().__init__(f"Une mission porte déjà l’identifiant «\u00a0{reference}\u00a0».")


class PlanExists(ValueError):
    """The funder has its plan: it is corrected, not added to."""

    def __init__(self) -> None:
        super().__init__("Ce financeur a déjà un engagement prévisionnel\u202f; corrigez-le.")


@transaction.atomic
def record_mission(
    *, programme: Programme, record: MissionRecord, by: Authorship
) -> ExpertiseMission:
    """Record a mission. Raises MissionExists, FaultyStep for a negative amount."""
    _check(programme, record, but=None)
    row = ExpertiseMission.objects.create(programme=programme, **asdict(record))
    told = as_new(row, *MissionRecord.__dataclass_fields__)
    record_changes(verb="record_mission", rows=[(row, told)], by=by)
    return row


@transaction.atomic
def correct_mission(
    *, mission: ExpertiseMission, record: MissionRecord, by: Authorship
) -> ExpertiseMission:
    """Bring a mission to what is true, with a reason. Raises ReasonMissing, MissionExists,
    FaultyStep."""
    require_reason(by)
    row = ExpertiseMission.objects.select_for_update().get(pk=mission.pk)
    _check(row.programme, record, but=row.pk)
    record_changes(verb="correct_mission", rows=[(row, bring(row, **asdict(record)))], by=by)
    return row


@transaction.atomic
def plan_commitment(
    *, programme: Programme, record: PlanRecord, by: Authorship
) -> PlannedCommitment:
    """Give a funder its plan. Raises PlanExists, FaultyStep for a negative amount."""
    _check_amount(record)
    if PlannedCommitment.objects.filter(programme=programme, funder_id=record.funder_id).exists():
        raise PlanExists
    row = PlannedCommitment.objects.create(programme=programme, **asdict(record))
    record_changes(verb="plan_commitment", rows=[(row, as_new(row, "funder_id", "amount"))], by=by)
    return row


@transaction.atomic
def correct_plan(
    *, plan: PlannedCommitment, record: PlanRecord, by: Authorship
) -> PlannedCommitment:
    """Bring a plan to what is true, with a reason. Raises ReasonMissing, FaultyStep."""
    require_reason(by)
    _check_amount(record)
    row = PlannedCommitment.objects.select_for_update().get(pk=plan.pk)
    record_changes(verb="correct_plan", rows=[(row, bring(row, amount=record.amount))], by=by)
    return row


def _check(programme: Programme, record: MissionRecord, *, but: int | None) -> None:
    _check_amount(record)
    rows = ExpertiseMission.objects.filter(programme=programme, reference=record.reference)
    if any(pk != but for pk in rows.values_list("pk", flat=True)):
        raise MissionExists(record.reference)


def _check_amount(record: MissionRecord | PlanRecord) -> None:
    if record.amount < 0:
        raise FaultyStep(StepFault.NEGATIVE)

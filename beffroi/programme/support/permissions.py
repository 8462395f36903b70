"""How far a person reaches in this room: by the place of the project, or by the funder."""

from __future__ import annotations

from django.db.models import QuerySet

from beffroi.foundations.mandates.queries import Scope, rows_within
from beffroi.programme.support.models import (
    ExpertiseMission,
    PlannedCommitment,
    RealisedCommitment,
)


def visible_commitments(scope: Scope) -> QuerySet[RealisedCommitment]:
    """The decisions for the towns of an area, and those of one's own organisation."""
    return rows_within(RealisedCommitment.objects.all(), scope, organisation="funder")


def editable_commitments(scope: Scope) -> QuerySet[RealisedCommitment]:
    """Those that are seen."""
    return visible_commitments(scope)


def visible_missions(scope: Scope) -> QuerySet[ExpertiseMission]:
    """The missions for the towns of an area, and those of one's own organisation."""
    return rows_within(ExpertiseMission.objects.all(), scope, organisation="funder")


def editable_missions(scope: Scope) -> QuerySet[ExpertiseMission]:
    """Those that are seen."""
    return visible_missions(scope)


def visible_plans(scope: Scope) -> QuerySet[PlannedCommitment]:
    """The plans, which are national: all of them for the whole country, else one's own."""
    rows = PlannedCommitment.objects.all()
    return rows if scope.is_national else rows.filter(funder__in=scope.organisation_ids)


def editable_plans(scope: Scope) -> QuerySet[PlannedCommitment]:
    """Those that are seen."""
    return visible_plans(scope)

"""Which meetings and which towns' presence a person sees and corrects."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from beffroi.club.events.models import Attendance, Meeting
from beffroi.foundations.mandates.queries import Scope, rows_within
from beffroi.foundations.territories.models import DepartmentPeriod


def visible_meetings(scope: Scope) -> QuerySet[Meeting]:
    """National meetings, and those of the régions of an area; none for those without an area."""
    rows = Meeting.objects.all()
    if scope.is_national:
        return rows
    if not scope.has_area:
        return rows.none()
    return rows.filter(Q(region__isnull=True) | Q(region__in=_regions(scope)))


def editable_meetings(scope: Scope) -> QuerySet[Meeting]:
    """The meetings of the régions of an area; national ones at the national level alone."""
    rows = Meeting.objects.all()
    return rows if scope.is_national else rows.filter(region__in=_regions(scope))


def visible_attendances(scope: Scope) -> QuerySet[Attendance]:
    """The presence of the towns of an area."""
    return rows_within(Attendance.objects.all(), scope)


editable_attendances = visible_attendances


def _regions(scope: Scope) -> QuerySet[Any, dict[str, Any]]:
    rows = DepartmentPeriod.objects.as_of(timezone.localdate())
    return rows.filter(department_id__in=scope.department_ids).values("region_id")

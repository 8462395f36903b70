"""Who grants which reach: nobody gives wider than their own."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.mandates.actions import Place
from beffroi.foundations.mandates.models import Mandate
from beffroi.foundations.mandates.queries import Scope
from beffroi.foundations.territories.models import Department, DepartmentPeriod, Region


def may_grant(place: Place, *, scope: Scope) -> bool:
    """Whether a reach lies within another; no place stands for the whole country."""
    if scope.is_national:
        return True
    if isinstance(place, Department):
        return place.pk in scope.department_ids
    if isinstance(place, Region):
        return place.pk in whole_regions(scope)
    return isinstance(place, Organisation) and place.pk in scope.organisation_ids


def whole_regions(scope: Scope) -> frozenset[int]:
    """The régions whose every département of today is within a reach."""
    rows = DepartmentPeriod.objects.as_of(timezone.localdate())
    pairs = list(rows.values_list("region_id", "department_id"))
    partly = {region for region, department in pairs if department not in scope.department_ids}
    return frozenset(region for region, _ in pairs if region not in partly)


def visible_mandates(scope: Scope) -> QuerySet[Mandate]:
    """The mandates no wider than this reach."""
    rows = Mandate.objects.all()
    if scope.is_national:
        return rows
    return rows.filter(
        Q(department__in=scope.department_ids)
        | Q(region__in=whole_regions(scope) if scope.department_ids else [])
        | Q(organisation__in=scope.organisation_ids)
    )


editable_mandates = visible_mandates

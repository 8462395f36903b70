"""How far a person reaches, and the rows within that reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet

from beffroi.foundations.accounts.models import User
from beffroi.foundations.mandates.models import Mandate, MandateKind
from beffroi.foundations.territories.models import Department, DepartmentPeriod
from beffroi.foundations.territories.queries import department_towns

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a person reaches on a day: everything, départements, and organisations' own rows."""

    is_national: bool = False
    department_ids: frozenset[int] = frozenset()
    organisation_ids: frozenset[int] = frozenset()

    @property
    def is_empty(self) -> bool:
        """True when nothing is reached."""
        return not (self.is_national or self.department_ids or self.organisation_ids)

    @property
    def has_area(self) -> bool:
        """True when towns are reached, and not only an organisation's own rows."""
        return self.is_national or bool(self.department_ids)


NATIONAL = Scope(is_national=True)
NOWHERE = Scope()


def scope_of(user: User | AnonymousUser, *, on: date) -> Scope:
    """The reach of an account on a day: the union of its mandates; all for a superuser."""
    if not isinstance(user, User) or not user.is_active:
        return NOWHERE
    if user.is_superuser:
        return NATIONAL
    in_force = Mandate.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=on), user=user, started_on__lte=on
    )
    departments: set[int] = set()
    regions: set[int] = set()
    organisations: set[int] = set()
    for mandate in in_force:
        if mandate.kind == MandateKind.NATIONAL:
            return NATIONAL
        if mandate.region_id:
            regions.add(mandate.region_id)
        if mandate.department_id:
            departments.add(mandate.department_id)
        if mandate.organisation_id:
            organisations.add(mandate.organisation_id)
    if regions:
        rows = DepartmentPeriod.objects.as_of(on).filter(region_id__in=regions)
        departments |= set(rows.values_list("department_id", flat=True))
    return Scope(department_ids=frozenset(departments), organisation_ids=frozenset(organisations))


def towns_within(scope: Scope) -> QuerySet[Any, dict[str, Any]] | None:
    """The towns of an area as a subquery of `town_id`; None stands for every town."""
    return None if scope.is_national else department_towns(scope.department_ids)


def rows_within(
    rows: QuerySet[M], scope: Scope, *, town: str = "town", organisation: str | None = None
) -> QuerySet[M]:
    """The rows that a scope reaches: by the towns of its area, or by its organisation where the
    rows name one (`organisation` is the path of that key, `funder` for instance)."""
    towns = towns_within(scope)
    if towns is None:
        return rows
    reached = Q(**{f"{town}__in": towns})
    if organisation:
        reached |= Q(**{f"{organisation}__in": scope.organisation_ids})
    return rows.filter(reached)


def departments_within(scope: Scope) -> QuerySet[Department]:
    """The départements of an area, by code."""
    rows = Department.objects.order_by("code")
    return rows if scope.is_national else rows.filter(pk__in=scope.department_ids)

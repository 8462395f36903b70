"""Filters of the register's lists; their choices never name what the person does not reach."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet

from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.mandates.queries import departments_within
from beffroi.foundations.territories.models import (
    DepartmentPeriod,
    IntercommunalityMembership,
    IntercommunalityPeriod,
)
from beffroi.foundations.territories.queries import department_towns

from .permissions import reach_of

Choices = list[tuple[str, str]]


def _periods(request: Any) -> QuerySet[Any]:
    reached = departments_within(reach_of(request.user)).values("pk")
    rows = DepartmentPeriod.objects.as_of(timezone.localdate())
    return rows.filter(department_id__in=reached)


def department_choices(request: Any) -> Choices:
    """The départements of the person's area: `22 – Côtes-d’Armor`."""
    rows = _periods(request).order_by("department__code").values_list("department__code", "name")
    return [(code, f"{code} – {name}") for code, name in rows]


def region_choices(request: Any) -> Choices:
    """The régions that hold a département of the person's area."""
    columns = ("region__code", "region__periods__name")
    rows = _periods(request).filter(
        Q(region__periods__valid_to__isnull=True)
        | Q(region__periods__valid_to__gt=timezone.localdate())
    )
    return sorted(set(rows.values_list(*columns)), key=lambda choice: choice[1])


def organisation_choices(request: Any) -> Choices:
    """Every organisation for those who look after towns; a partner's own otherwise."""
    scope = reach_of(request.user)
    rows = Organisation.objects.order_by("name")
    if not scope.has_area:
        rows = rows.filter(pk__in=scope.organisation_ids)
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


class RegisterFilterSet(WagtailFilterSet):
    """By région, département and organisation, where the list has any of them.

    `town_path` and `organisation_path` are the paths of these keys; empty for none.
    """

    town_path = ""
    organisation_path = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.town_path:
            self._add("region", "Région", region_choices(self.request), self.in_region)
            departments = department_choices(self.request)
            self._add("departement", "Département", departments, self.in_department)
            self._add_text("epci", "Intercommunalité (nom ou SIREN)", self.in_intercommunality)
        if self.organisation_path:
            organisations = organisation_choices(self.request)
            self._add("organisation", "Organisation", organisations, self.of_organisation)

    def _add(self, name: str, label: str, choices: Choices, method: Any) -> None:
        """A filter whose choices are those of the person; none where there is no choice."""
        if len(choices) > 1:
            added = django_filters.ChoiceFilter(label=label, choices=choices, method=method)
            added.field_name, added.parent, added.model = name, self, self._meta.model
            self.filters[name] = added

    def _add_text(self, name: str, label: str, method: Any) -> None:
        added = django_filters.CharFilter(label=label, method=method)
        added.field_name, added.parent, added.model = name, self, self._meta.model
        self.filters[name] = added

    def of_organisation(self, rows: QuerySet[Any], _name: str, key: str) -> QuerySet[Any]:
        """Rows that name the organisation."""
        return rows.filter(**{self.organisation_path: key})

    def in_department(self, rows: QuerySet[Any], _name: str, code: str) -> QuerySet[Any]:
        """Rows about a town of the département."""
        return self._within(rows, _periods(self.request).filter(department__code=code))

    def in_region(self, rows: QuerySet[Any], _name: str, code: str) -> QuerySet[Any]:
        """Rows about a town of the région."""
        return self._within(rows, _periods(self.request).filter(region__code=code))

    def in_intercommunality(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        """Rows about a town that belongs to the EPCI today."""
        today = timezone.localdate()
        named = IntercommunalityPeriod.objects.as_of(today).filter(
            Q(name__icontains=text.strip()) | Q(intercommunality__siren=text.replace(" ", ""))
        )
        members = IntercommunalityMembership.objects.as_of(today).filter(
            intercommunality_id__in=named.values("intercommunality_id")
        )
        about = rows.model._default_manager.filter(  # noqa: SLF001
            **{f"{self.town_path}__in": members.values("town_id")}
        )
        return rows.filter(pk__in=about.values("pk"))

    def _within(self, rows: QuerySet[Any], periods: QuerySet[Any]) -> QuerySet[Any]:
        departments = set(periods.values_list("department_id", flat=True))
        about = rows.model._default_manager.filter(  # noqa: SLF001
            **{f"{self.town_path}__in": department_towns(departments)}
        )
        return rows.filter(pk__in=about.values("pk"))

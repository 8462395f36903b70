"""The départements and régions of towns, as they are named on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from beffroi.foundations.territories.models import DepartmentPeriod
from beffroi.foundations.territories.queries import TownLabel, town_labels


@dataclass(frozen=True, slots=True)
class Areas:
    """Towns as they are written, with the names of the areas they lie in."""

    labels: Mapping[int, TownLabel]
    departments: Mapping[str, tuple[str, str]]
    regions: Mapping[str, str]

    def names(self, department_code: str) -> tuple[str, str]:
        """The name of a département and of its région; the code itself where it has no name."""
        name, region = self.departments.get(department_code, (department_code, ""))
        return name, self.regions.get(region, region)

    def region_code(self, department_code: str) -> str:
        """The code of a département's région, empty where it is not known."""
        return self.departments.get(department_code, ("", ""))[1]


def areas_of(town_ids: Iterable[int], *, on: date) -> Areas:
    """Where towns lie on a day, in two queries."""
    named = DepartmentPeriod.objects.as_of(on).filter(
        Q(region__periods__valid_from__isnull=True) | Q(region__periods__valid_from__lte=on),
        Q(region__periods__valid_to__isnull=True) | Q(region__periods__valid_to__gt=on),
    )
    columns = ("department__code", "name", "region__code", "region__periods__name")
    rows = list(named.values_list(*columns))
    return Areas(
        labels=town_labels(town_ids, on=on),
        departments={code: (name, region) for code, name, region, _ in rows},
        regions={region: name for _, _, region, name in rows},
    )

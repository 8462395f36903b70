"""From the name of a territory to the départements that hold it."""

from __future__ import annotations

from datetime import date
from typing import Any

from ..models import (
    Department,
    DepartmentPeriod,
    IntercommunalityMembership,
    Region,
    TownPeriod,
)


def departments_holding(territory: str, *, on: date) -> frozenset[int] | None:
    """The keys of the départements where `dep:22`, `reg:53`, `epci:…` or `com:22050` lie on a day.

    An EPCI may lie in several. None stands for what no list of départements holds: the whole
    country, and groups of towns taken across it. Empty for a territory unknown on that day.
    """
    kind, _, code = territory.partition(":")
    rows: Any
    match kind:
        case "dep":
            rows = Department.objects.filter(code=code).values_list("pk", flat=True)
        case "reg":
            region = Region.objects.filter(code=code)
            periods = DepartmentPeriod.objects.as_of(on).filter(region__in=region)
            rows = periods.values_list("department_id", flat=True)
        case "epci":
            members = IntercommunalityMembership.objects.as_of(on).filter(
                intercommunality__siren=code
            )
            towns = TownPeriod.objects.as_of(on).filter(town_id__in=members.values("town_id"))
            rows = towns.values_list("department_id", flat=True)
        case "com":
            towns = TownPeriod.objects.as_of(on).filter(code=code)
            rows = towns.values_list("department_id", flat=True)
        case _:
            return None
    return frozenset(rows)

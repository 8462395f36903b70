"""How areas are written on a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from beffroi.foundations.territories.models import DepartmentPeriod


def department_names(codes: Collection[str], *, on: date) -> dict[str, str]:
    """The name of each département, by its code."""
    rows = DepartmentPeriod.objects.as_of(on).filter(department__code__in=codes)
    return dict(rows.values_list("department__code", "name"))

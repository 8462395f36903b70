"""From the name of a territory to its towns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from beffroi.foundations.dates import format_date

from ..models import (
    DepartmentPeriod,
    IntercommunalityMembership,
    IntercommunalityPeriod,
    RegionPeriod,
    TownPeriod,
)


class UnknownTerritory(Exception):
    """The text names no territory of that day."""


@dataclass(frozen=True, slots=True)
class Territory:
    """A part of the country: `kind` is national, dep, reg or epci; `code` is empty if national."""

    kind: str
    code: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.code}" if self.code else self.kind


def find_territory(text: str | None, *, on: date) -> Territory:
    """Read `dep:22`, `reg:53`, `epci:200068989`, `national` or nothing, with the name of that day.

    Raises UnknownTerritory, worded in French.
    """
    kind, _, code = (text or "national").strip().partition(":")
    kind, code = kind.strip().lower(), code.strip().upper()
    if kind == "national" and not code:
        return Territory("national", "", "France entière")
    if kind not in _NAMES:
        raise UnknownTerritory(
            f"Territoire illisible\u202f: «\u00a0{text}\u00a0»\u202f; "
            "attendu\u00a0: national, dep:22, reg:53 ou epci:200068989."
        )
    name = _NAMES[kind](code, on)
    if name is None:
        raise UnknownTerritory(
            f"Aucun territoire «\u00a0{kind}:{code}\u00a0» au {format_date(on)}."
        )
    return Territory(kind, code, name)


def town_ids_in(territory: Territory, *, on: date) -> frozenset[int] | None:
    """The living towns of a territory on a day; None stands for the whole country."""
    if territory.kind == "national":
        return None
    if territory.kind == "epci":
        rows = IntercommunalityMembership.objects.as_of(on).filter(
            intercommunality__siren=territory.code
        )
        return frozenset(rows.values_list("town_id", flat=True))
    towns = TownPeriod.objects.as_of(on)
    if territory.kind == "dep":
        towns = towns.filter(department__code=territory.code)
    else:
        departments = DepartmentPeriod.objects.as_of(on).filter(region__code=territory.code)
        towns = towns.filter(department_id__in=departments.values("department_id"))
    return frozenset(towns.values_list("town_id", flat=True))


def department_towns(department_ids: Iterable[int]) -> QuerySet[Any, dict[str, Any]]:
    """The towns whose latest period lies in these départements, as a subquery of `town_id`.

    For `town_id__in=`: what an officer of these départements looks after, ended towns included.
    """
    later = TownPeriod.objects.filter(
        town_id=OuterRef("town_id"), valid_from__gte=OuterRef("valid_to")
    )
    rows = TownPeriod.objects.filter(~Exists(later), department_id__in=department_ids)
    return rows.values("town_id")


def _department_name(code: str, on: date) -> str | None:
    rows = DepartmentPeriod.objects.as_of(on).filter(department__code=code)
    return rows.values_list("name", flat=True).first()


def _region_name(code: str, on: date) -> str | None:
    rows = RegionPeriod.objects.as_of(on).filter(region__code=code)
    return rows.values_list("name", flat=True).first()


def _intercommunality_name(code: str, on: date) -> str | None:
    rows = IntercommunalityPeriod.objects.as_of(on).filter(intercommunality__siren=code)
    return rows.values_list("name", flat=True).first()


_NAMES = {"dep": _department_name, "reg": _region_name, "epci": _intercommunality_name}

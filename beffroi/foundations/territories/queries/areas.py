"""From the name of a territory to its towns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from ..models import (
    Centrality,
    DepartmentPeriod,
    IntercommunalityMembership,
    IntercommunalityPeriod,
    Population,
    RegionPeriod,
    TownPeriod,
)
from .absent import missing, unreadable

SIZE, CENTRALITY = "taille", "centralite"
Rows = QuerySet[Any]


class Size(NamedTuple):
    """A class of population: people, both ends included."""

    name: str
    least: int
    most: int | None


SIZES = {
    "moins-de-2000": Size("Communes de moins de 2\u202f000 habitants", 0, 1_999),
    "2000-3499": Size("Communes de 2\u202f000 à 3\u202f499 habitants", 2_000, 3_499),
    "3500-9999": Size("Communes de 3\u202f500 à 9\u202f999 habitants", 3_500, 9_999),
    "10000-et-plus": Size("Communes de 10\u202f000 habitants et plus", 10_000, None),
}
_CENTRALITIES = {
    "0": "Communes non centres",
    "1": "Centres locaux d’équipements et de services",
    "2": "Centres intermédiaires d’équipements et de services",
    "3": "Centres structurants d’équipements et de services",
    "4": "Centres majeurs d’équipements et de services",
}


@dataclass(frozen=True, slots=True)
class Territory:
    """A part of the country, or a group of its towns; `code` is empty if national.

    `kind` is national, reg, dep, epci, com, `taille` (a class of population) or `centralite`.
    """

    kind: str
    code: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.code}" if self.code else self.kind


def find_territory(text: str | None, *, on: date) -> Territory:
    """Read `dep:22`, `reg:53`, `epci:200068989`, `com:22046`, `taille:2000-3499`, `centralite:2`,
    `national` or nothing, with the name of that day.

    Raises UnknownTerritory, worded in French; MergedTown, which is one, names the successor.
    """
    kind, _, code = (text or "national").strip().partition(":")
    kind, code = kind.strip().lower(), code.strip()
    code = code.lower() if kind == SIZE else code.upper()
    if kind == "national" and not code:
        return Territory("national", "", "France entière")
    if kind not in _NAMES or not code:
        raise unreadable(text)
    name = _NAMES[kind](code, on)
    if name is None:
        raise missing(kind, code, on)
    return Territory(kind, code, name)


def town_ids_in(territory: Territory, *, on: date) -> frozenset[int] | None:
    """The living towns of a territory on a day; None stands for the whole country."""
    if territory.kind == "national":
        return None
    return frozenset(_TOWNS[territory.kind](territory.code, on).values_list("town_id", flat=True))


def department_towns(department_ids: Iterable[int]) -> QuerySet[Any, dict[str, Any]]:
    """The towns whose latest period lies in these départements, as a subquery of `town_id`.

    For `town_id__in=`: what an officer of these départements looks after, ended towns included.
    """
    later = TownPeriod.objects.filter(
        town_id=OuterRef("town_id"), valid_from__gte=OuterRef("valid_to")
    )
    rows = TownPeriod.objects.filter(~Exists(later), department_id__in=department_ids)
    return rows.values("town_id")


def town_groups(on: date) -> tuple[Territory, ...]:
    """The groups of towns taken across the country: by size, and by level of centrality where it is
    known on a day. One query."""
    sizes = tuple(Territory(SIZE, code, size.name) for code, size in SIZES.items())
    if not Centrality.objects.as_of(on).exists():
        return sizes
    return sizes + tuple(Territory(CENTRALITY, *one) for one in _CENTRALITIES.items())


def _department_name(code: str, on: date) -> str | None:
    rows = DepartmentPeriod.objects.as_of(on).filter(department__code=code)
    return rows.values_list("name", flat=True).first()


def _region_name(code: str, on: date) -> str | None:
    rows = RegionPeriod.objects.as_of(on).filter(region__code=code)
    return rows.values_list("name", flat=True).first()


def _intercommunality_name(code: str, on: date) -> str | None:
    rows = IntercommunalityPeriod.objects.as_of(on).filter(intercommunality__siren=code)
    return rows.values_list("name", flat=True).first()


def _town_name(code: str, on: date) -> str | None:
    name = TownPeriod.objects.as_of(on).filter(code=code).values_list("name", flat=True).first()
    return f"{name} ({code})" if name else None


def _size_name(code: str, _on: date) -> str | None:
    return SIZES[code].name if code in SIZES else None


def _centrality_name(code: str, _on: date) -> str | None:
    return _CENTRALITIES.get(code)


def _department_rows(code: str, on: date) -> Rows:
    return TownPeriod.objects.as_of(on).filter(department__code=code)


def _region_rows(code: str, on: date) -> Rows:
    departments = DepartmentPeriod.objects.as_of(on).filter(region__code=code)
    rows = TownPeriod.objects.as_of(on)
    return rows.filter(department_id__in=departments.values("department_id"))


def _member_rows(code: str, on: date) -> Rows:
    return IntercommunalityMembership.objects.as_of(on).filter(intercommunality__siren=code)


def _town_rows(code: str, on: date) -> Rows:
    return TownPeriod.objects.as_of(on).filter(code=code)


def _size_rows(code: str, on: date) -> Rows:
    size, rows = SIZES[code], Population.objects.as_of(on)
    rows = rows.filter(inhabitants__gte=size.least)
    return rows if size.most is None else rows.filter(inhabitants__lte=size.most)


def _centrality_rows(code: str, on: date) -> Rows:
    return Centrality.objects.as_of(on).filter(level=int(code))


_NAMES = {
    "dep": _department_name,
    "reg": _region_name,
    "epci": _intercommunality_name,
    "com": _town_name,
    SIZE: _size_name,
    CENTRALITY: _centrality_name,
}
_TOWNS = {
    "dep": _department_rows,
    "reg": _region_rows,
    "epci": _member_rows,
    "com": _town_rows,
    SIZE: _size_rows,
    CENTRALITY: _centrality_rows,
}

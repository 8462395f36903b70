"""What the programme does in a région, a département or an intercommunality."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from beffroi.foundations.territories.queries import Territory, UnknownTerritory, find_territory
from beffroi.progress.memory import remember
from beffroi.progress.queries import measure_progress
from beffroi.progress.rules import Figure

from ..addresses import Address
from ..rules import StandingCount, count_standings
from .ground import Area, FollowedTown, Ground, facts_of

_SIREN = re.compile("[0-9]{9}")
_CODE_LENGTH = 2


class UnknownArea(LookupError):
    """No such territory on that day."""


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """A figure of a territory beside the same one in the whole country."""

    here: Figure
    country: Figure


@dataclass(frozen=True, slots=True)
class Members:
    """A smaller territory and how many of its towns are in the programme."""

    area: Area
    count: int


@dataclass(frozen=True, slots=True)
class AreaPage:
    """A territory on the day of the ground. Figures without a value there are named apart."""

    area: Area
    region: Area | None
    towns: tuple[FollowedTown, ...]
    population: int
    standings: tuple[StandingCount, ...]
    figures: tuple[ComparedFigure, ...]
    left_out: tuple[Figure, ...]
    departments: tuple[Members, ...]
    intercommunalities: tuple[Members, ...]


def find_area(kind: str, address: Address, ground: Ground) -> Area:
    """The territory that an address leads to. At most one query. Raises UnknownArea."""
    if kind == "epci":
        return _intercommunality(address.code, ground)
    known = ground.departments if kind == "dep" else ground.regions
    codes = {address.code, address.code.zfill(_CODE_LENGTH)}
    for area in known:
        if area.code in codes:
            return area
    raise UnknownArea(address.code)


def area_page(area: Area, ground: Ground) -> AreaPage:
    """Everything a territory's page says."""
    towns = towns_in(area, ground)
    figures = _figures(area, ground) if ground.launched_on else ()
    return AreaPage(
        area=area,
        region=next((one for one in ground.regions if one.code == area.region_code), None),
        towns=towns,
        population=sum(town.population or 0 for town in towns),
        standings=count_standings(town.standing for town in towns),
        figures=tuple(one for one in figures if one.here.value is not None),
        left_out=tuple(one.here for one in figures if one.here.value is None),
        departments=_departments(area, towns, ground),
        intercommunalities=_intercommunalities(area, towns),
    )


def towns_in(area: Area, ground: Ground) -> tuple[FollowedTown, ...]:
    """The followed towns of a territory, by name."""
    return tuple(town for town in ground.towns if _code_of(town, area.kind) == area.code)


def count_towns(kind: str, ground: Ground) -> Counter[str]:
    """How many followed towns each territory of a kind has, by its code."""
    return Counter(_code_of(town, kind) for town in ground.towns)


def _code_of(town: FollowedTown, kind: str) -> str:
    line = town.line
    return {"dep": line.department_code, "reg": line.region_code, "epci": line.epci_siren}[kind]


def _intercommunality(siren: str, ground: Ground) -> Area:
    if not _SIREN.fullmatch(siren):
        raise UnknownArea(siren)
    try:
        found = find_territory(f"epci:{siren}", on=ground.as_of)
    except UnknownTerritory:
        raise UnknownArea(siren) from None
    return Area("epci", found.code, found.name)


def _figures(area: Area, ground: Ground) -> tuple[ComparedFigure, ...]:
    here = _measured(str(Territory(area.kind, area.code, area.name)), ground)
    pairs = zip(here, _measured("national", ground), strict=True)
    return tuple(ComparedFigure(here, country) for here, country in pairs)


def _measured(territory: str, ground: Ground) -> tuple[Figure, ...]:
    """The figures of a territory without the keys of their rows, measured once."""

    def read() -> tuple[Figure, ...]:
        progress = measure_progress(as_of=ground.as_of, territory=territory, facts=facts_of(ground))
        return tuple(replace(figure, rows=()) for figure in progress.figures)

    return remember(f"figures {territory}", on=ground.as_of, state=ground.state, read=read)


def _departments(
    area: Area, towns: tuple[FollowedTown, ...], ground: Ground
) -> tuple[Members, ...]:
    """The départements of a région, or those that an intercommunality's towns lie in."""
    counts = Counter(town.line.department_code for town in towns)
    return tuple(
        Members(one, counts[one.code])
        for one in ground.departments
        if one.region_code == area.code or (area.kind == "epci" and counts[one.code])
    )


def _intercommunalities(area: Area, towns: tuple[FollowedTown, ...]) -> tuple[Members, ...]:
    if area.kind != "dep":
        return ()
    names = {town.line.epci_siren: town.line.epci_name for town in towns if town.line.epci_siren}
    counts = Counter(town.line.epci_siren for town in towns)
    by_name = sorted(names.items(), key=lambda pair: pair[1])
    return tuple(Members(Area("epci", siren, name), counts[siren]) for siren, name in by_name)

"""The towns that the programme follows on a day, read once for every page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from beffroi.foundations.folding import fold
from beffroi.foundations.mandates.queries import NATIONAL
from beffroi.foundations.territories.models import (
    CentralityLevel,
    DepartmentPeriod,
    RegionPeriod,
    Vintage,
)
from beffroi.foundations.territories.queries import centrality_of, population_of
from beffroi.foundations.territories.rules import OVERSEAS_COLLECTIVITIES
from beffroi.progress.indicators import Facts
from beffroi.progress.memory import register_state, remember
from beffroi.progress.queries import NoProgramme, facts_on, get_programme
from beffroi.register.sheets.queries import TownLine, followed_towns

from ..rules import STANDING_LABELS, Standing, per_inhabitant, standing_of


@dataclass(frozen=True, slots=True)
class FollowedTown:
    """A town of the programme on a day: its line in the register, and what it is compared by."""

    line: TownLine
    population: int | None
    centrality: CentralityLevel | None

    @property
    def standing(self) -> Standing:
        """How far it has come."""
        return standing_of(
            adhesion=self.line.clock.adhesion_on is not None,
            framework=self.line.clock.framework_on is not None,
            ort=self.line.is_ort,
        )

    @property
    def standing_label(self) -> str:
        """How far it has come, in words."""
        return STANDING_LABELS[self.standing]

    @property
    def per_inhabitant(self) -> Decimal | None:
        """Euros committed per inhabitant."""
        return per_inhabitant(self.line.committed, self.population)


@dataclass(frozen=True, slots=True)
class Area:
    """A région or a département on a day; `region_code` is empty for a région."""

    kind: str
    code: str
    name: str
    region_code: str = ""

    @property
    def is_collectivity(self) -> bool:
        """True for an overseas collectivity, which the official geography lists by itself."""
        return self.code in OVERSEAS_COLLECTIVITIES


@dataclass(frozen=True, slots=True)
class Ground:
    """The programme on a day, as its pages list it. `launched_on` is None without a programme;
    `vintage` is the edition of the geography behind the populations."""

    as_of: date
    state: str
    programme: str
    launched_on: date | None
    towns: tuple[FollowedTown, ...]
    regions: tuple[Area, ...]
    departments: tuple[Area, ...]
    vintage: int | None

    @property
    def by_id(self) -> dict[int, FollowedTown]:
        """The towns by identity."""
        return {town.line.town_id: town for town in self.towns}


def read_ground(*, on: date) -> Ground:
    """The followed towns of a day by name, with the régions and départements of that day."""
    state = register_state()
    return remember("ground", on=on, state=state, read=lambda: _read(on, state))


def facts_of(ground: Ground) -> Facts:
    """What the figures of that day are measured on. Raises NoProgramme."""
    return facts_on(ground.as_of, state=ground.state)


def _read(on: date, state: str) -> Ground:
    try:
        programme = get_programme()
    except NoProgramme:
        programme = None
    return Ground(
        as_of=on,
        state=state,
        programme=programme.name if programme else "",
        launched_on=programme.launched_on if programme else None,
        towns=_towns(programme.code, on) if programme else (),
        regions=_regions(on),
        departments=_departments(on),
        vintage=_vintage(on),
    )


def _towns(programme: str, on: date) -> tuple[FollowedTown, ...]:
    lines = followed_towns(scope=NATIONAL, as_of=on)
    ids = [line.town_id for line in lines]
    people, levels = population_of(ids, on=on), centrality_of(ids, on=on)
    return tuple(
        FollowedTown(line, people.get(line.town_id), levels.get(line.town_id))
        for line in lines
        if programme in line.programmes
    )


def _regions(on: date) -> tuple[Area, ...]:
    rows = RegionPeriod.objects.as_of(on).values_list("region__code", "name")
    return _by_name(Area("reg", code, name) for code, name in rows)


def _departments(on: date) -> tuple[Area, ...]:
    columns = ("department__code", "name", "region__code")
    rows = DepartmentPeriod.objects.as_of(on).values_list(*columns)
    return _by_name(Area("dep", code, name, region) for code, name, region in rows)


def _by_name(areas: Iterable[Area]) -> tuple[Area, ...]:
    return tuple(sorted(areas, key=lambda area: (fold(area.name), area.code)))


def _vintage(on: date) -> int | None:
    """The edition in force that day, else the first one known."""
    years = sorted(Vintage.objects.values_list("year", flat=True))
    return max((year for year in years if year <= on.year), default=years[0] if years else None)

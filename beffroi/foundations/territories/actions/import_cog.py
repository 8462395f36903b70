"""Load yearly editions of the official geography, each row with the period it holds for."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from beffroi.foundations.audit.actions import record_act

from .. import rules
from ..cog_packages import UnknownVintage, available_vintages, read_edition
from ..models import (
    Department,
    DepartmentPeriod,
    FormerCode,
    Intercommunality,
    IntercommunalityMembership,
    IntercommunalityPeriod,
    Population,
    Region,
    RegionPeriod,
    Succession,
    TownPeriod,
    Vintage,
)
from ..rules import Edition
from .adopt_towns import adopt_towns
from .reconcile_rows import Tally, reconcile_links, reconcile_periods

Announce = Callable[[str, int, int], None]
_TABLES = 8


def _silently(step: str, done: int, total: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class CogReport:
    """What an import did: `tallies` by French name of table, sizes of the latest edition."""

    years: tuple[int, ...]
    new_years: tuple[int, ...]
    town_count: int
    intercommunality_count: int
    tallies: Mapping[str, Tally] = field(default_factory=dict)

    @property
    def has_changed(self) -> bool:
        """True when the database is not what it was."""
        return bool(self.new_years) or any(t.has_changed for t in self.tallies.values())


def import_cog(
    *,
    folder: Path,
    imported_at: datetime,
    years: Iterable[int] | None = None,
    announce: Announce = _silently,
) -> CogReport:
    """Load the editions of these years (all those under `folder` by default) beside those loaded.

    The dated rows are rebuilt from all the editions together, so that the order of imports does
    not matter; towns keep their keys and none is ever deleted. `announce` is told each step, how
    many are done, and of how many. Raises cog_packages.CogRefused, worded in French.
    """
    asked = set(years or available_vintages(folder))
    known = set(Vintage.objects.values_list("year", flat=True))
    wanted = sorted(asked | known)
    available = available_vintages(folder)
    for year in wanted:
        if year not in available:
            raise UnknownVintage(year, available)
    with _collection_paused():
        editions = []
        for done, year in enumerate(wanted):
            announce(f"lecture du millésime {year}", done, len(wanted) + _TABLES)
            editions.append(read_edition(folder, year))
        with transaction.atomic():
            return _write(editions, imported_at, announce)


@contextmanager
def _collection_paused() -> Iterator[None]:
    """Looking for cycles among the half million small rows held here would double the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _write(editions: Sequence[Edition], imported_at: datetime, announce: Announce) -> CogReport:
    # Claimed first: two imports at once meet on the unique year, not half-way through the tables.
    loaded = set(Vintage.objects.values_list("year", flat=True))
    new = [
        Vintage.objects.create(year=edition.year, imported_at=imported_at)
        for edition in editions
        if edition.year not in loaded
    ]
    tallies: dict[str, Tally] = {}
    for name, write in _Writing(editions, loaded).tables().items():
        announce(name, len(editions) + len(tallies), len(editions) + _TABLES)
        tallies[name] = write()
    latest = editions[-1]
    report = CogReport(
        years=tuple(edition.year for edition in editions),
        new_years=tuple(vintage.year for vintage in new),
        town_count=len(latest.communes),
        intercommunality_count=len(latest.intercommunalities),
        tallies=tallies,
    )
    if report.has_changed:
        for vintage in new or [Vintage.objects.get(year=latest.year)]:
            record_act(verb="import_cog", target=vintage, at=imported_at)
    return report


class _Writing:
    """One import under way: the editions, the identities they share, the keys of the rows."""

    def __init__(self, editions: Sequence[Edition], loaded: Collection[int]) -> None:
        self.editions = editions
        self.identities = rules.identify(editions)
        self.regions = _keys(Region, "code", (e.regions for e in editions))
        self.departments = _keys(Department, "code", (e.departments for e in editions))
        self.intercommunalities = _keys(
            Intercommunality, "siren", (e.intercommunalities for e in editions)
        )
        self.towns, self.strays = adopt_towns(
            editions=editions, identities=self.identities, loaded=loaded
        )

    def tables(self) -> dict[str, Callable[[], Tally]]:
        """What writes each table, by its French name."""
        return {
            "régions": self._region_periods,
            "départements": self._department_periods,
            "communes": self._town_periods,
            "EPCI": self._intercommunality_periods,
            "appartenances": self._memberships,
            "populations": self._populations,
            "successions": self._successions,
            "anciens codes": self._former_codes,
        }

    def _states(
        self, of_edition: Callable[[Edition, Mapping[str, int]], Mapping[Any, Any]]
    ) -> list[tuple[date, Mapping[Any, Any]]]:
        return [
            (edition.day, of_edition(edition, now))
            for edition, now in zip(self.editions, self.identities, strict=True)
        ]

    def _region_periods(self) -> Tally:
        states = self._states(lambda edition, _: edition.regions)
        wanted = (
            ((self.regions[code], name), span) for code, name, span in rules.stretches(states)
        )
        return reconcile_periods(model=RegionPeriod, columns=("region_id", "name"), wanted=wanted)

    def _department_periods(self) -> Tally:
        states = self._states(lambda edition, _: edition.departments)
        wanted = (
            ((self.departments[code], self.regions[region], name), span)
            for code, (region, name), span in rules.stretches(states)
        )
        columns = ("department_id", "region_id", "name")
        return reconcile_periods(model=DepartmentPeriod, columns=columns, wanted=wanted)

    def _town_periods(self) -> Tally:
        states = self._states(
            lambda edition, now: {
                now[code]: (code, row.name, row.department)
                for code, row in edition.communes.items()
            }
        )
        wanted = (
            ((self.towns[identity], code, name, self.departments[department]), span)
            for identity, (code, name, department), span in rules.stretches(states)
        )
        columns = ("town_id", "code", "name", "department_id")
        return reconcile_periods(model=TownPeriod, columns=columns, wanted=wanted)

    def _intercommunality_periods(self) -> Tally:
        states = self._states(lambda edition, _: edition.intercommunalities)
        wanted = (
            ((self.intercommunalities[siren], kind, name), span)
            for siren, (kind, name), span in rules.stretches(states)
        )
        columns = ("intercommunality_id", "kind", "name")
        return reconcile_periods(model=IntercommunalityPeriod, columns=columns, wanted=wanted)

    def _memberships(self) -> Tally:
        states = self._states(
            lambda edition, now: {now[code]: siren for code, siren in edition.members.items()}
        )
        wanted = (
            ((self.towns[identity], self.intercommunalities[siren]), span)
            for identity, siren, span in rules.stretches(states)
        )
        columns = ("town_id", "intercommunality_id")
        return reconcile_periods(model=IntercommunalityMembership, columns=columns, wanted=wanted)

    def _populations(self) -> Tally:
        states = self._states(
            lambda edition, now: {
                now[code]: row.population
                for code, row in edition.communes.items()
                if row.population is not None
            }
        )
        wanted = (
            ((self.towns[identity], people), span)
            for identity, people, span in rules.stretches(states)
        )
        return reconcile_periods(
            model=Population, columns=("town_id", "inhabitants"), wanted=wanted
        )

    def _successions(self) -> Tally:
        wanted = {
            (self.towns[link.predecessor], self.towns[link.successor], link.day)
            for link in rules.succeed(self.editions, self.identities)
        }
        first_day = self.editions[0].day
        wanted |= {(stray, self.towns[own], first_day) for stray, own in self.strays.items()}
        columns = ("predecessor_id", "successor_id", "happened_on")
        # A stray of an earlier import has no period left: its succession is all that is known.
        kept = Succession.objects.filter(predecessor__periods__isnull=True).values_list(*columns)
        return reconcile_links(model=Succession, columns=columns, wanted=wanted, kept=kept)

    def _former_codes(self) -> Tally:
        wanted = (
            (code, self.towns[identity])
            for code, identity in rules.former_codes(self.editions, self.identities)
        )
        return reconcile_links(model=FormerCode, columns=("code", "town_id"), wanted=wanted)


def _keys(
    model: type[Region] | type[Department] | type[Intercommunality],
    column: str,
    states: Iterable[Mapping[str, Any]],
) -> dict[str, int]:
    """The primary key of each code, the missing rows being made."""
    known = dict(model._default_manager.values_list(column, "pk"))  # noqa: SLF001
    missing = sorted(set().union(*states) - known.keys())
    rows: list[Any] = [model(**{column: code}) for code in missing]
    made = model._default_manager.bulk_create(rows)  # noqa: SLF001
    return known | {getattr(row, column): row.pk for row in made}

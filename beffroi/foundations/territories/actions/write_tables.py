"""Write the tables of the official geography from its editions and its chronicle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from .. import rules
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
)
from ..rules import Chronicle, Edition, Span
from .adopt_towns import adopt_towns
from .reconcile_rows import Tally, reconcile_links, reconcile_periods


class Tables:
    """One import under way: the editions, the lives they show, the keys of the rows."""

    def __init__(
        self,
        *,
        editions: Sequence[Edition],
        chronicle: Chronicle,
        loaded: Collection[int],
        has_movements: bool,
    ) -> None:
        self.editions = editions
        self.chronicle = chronicle
        self.has_movements = has_movements
        self.days = [edition.day for edition in editions]
        self.lives = _lives(chronicle)
        self.regions = _keys(Region, "code", (e.regions for e in editions))
        named = {stretch.value.department for stretch in chronicle.periods}
        self.departments = _keys(
            Department, "code", [*(e.departments for e in editions), dict.fromkeys(named)]
        )
        self.intercommunalities = _keys(
            Intercommunality, "siren", (e.intercommunalities for e in editions)
        )
        self.towns, self.strays = adopt_towns(editions=editions, chronicle=chronicle, loaded=loaded)

    def writers(self) -> dict[str, Callable[[], Tally]]:
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
            for edition, now in zip(self.editions, self.chronicle.identities, strict=True)
        ]

    def _in_lives(
        self, states: list[tuple[date, Mapping[int, Any]]]
    ) -> Iterator[tuple[int, Any, Span]]:
        for identity, value, span in rules.stretches(states):
            for part in rules.fitted(span, self.lives[identity], self.days):
                yield self.towns[identity], value, part

    def _region_periods(self) -> Tally:
        states = self._states(lambda edition, _: edition.regions)
        wanted = (
            ((self.regions[code], name), span) for code, name, span in rules.stretches(states)
        )
        return reconcile_periods(model=RegionPeriod, columns=("region_id", "name"), wanted=wanted)

    def _department_periods(self) -> Tally:
        found: Iterable[Any] = rules.stretches(self._states(lambda edition, _: edition.departments))
        if self.has_movements:
            named = {stretch.value.department for stretch in self.chronicle.periods}
            found = rules.with_former_departments(found, named=named)
        wanted = (
            ((self.departments[code], self.regions[region], name), span)
            for code, (region, name), span in found
            if region in self.regions
        )
        columns = ("department_id", "region_id", "name")
        return reconcile_periods(model=DepartmentPeriod, columns=columns, wanted=wanted)

    def _town_periods(self) -> Tally:
        wanted = (
            ((self.towns[identity], code, name, self.departments[department]), span)
            for identity, (code, name, department), span in self.chronicle.periods
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
            ((town, self.intercommunalities[siren]), span)
            for town, siren, span in self._in_lives(states)
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
        wanted = (((town, people), span) for town, people, span in self._in_lives(states))
        return reconcile_periods(
            model=Population, columns=("town_id", "inhabitants"), wanted=wanted
        )

    def _successions(self) -> Tally:
        wanted = {
            (self.towns[link.predecessor], self.towns[link.successor], link.day)
            for link in self.chronicle.successions
            if link.predecessor in self.towns and link.successor in self.towns
        }
        first_day = self.days[0]
        wanted |= {(stray, self.towns[own], first_day) for stray, own in self.strays.items()}
        columns = ("predecessor_id", "successor_id", "happened_on")
        # A stray of an earlier import has no period left: its succession is all that is known.
        kept = Succession.objects.filter(predecessor__periods__isnull=True).values_list(*columns)
        return reconcile_links(model=Succession, columns=columns, wanted=wanted, kept=kept)

    def _former_codes(self) -> Tally:
        named = rules.former_codes(self.editions, self.chronicle.identities)
        wanted = (
            (code, self.towns[identity])
            for code, identity in named | self.chronicle.passing_codes
            if identity in self.towns
        )
        return reconcile_links(model=FormerCode, columns=("code", "town_id"), wanted=wanted)


def _lives(chronicle: Chronicle) -> dict[int, list[Span]]:
    spans: defaultdict[int, list[Span]] = defaultdict(list)
    for identity, _, span in chronicle.periods:
        spans[identity].append(span)
    return {identity: rules.joined(found) for identity, found in spans.items()}


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

"""How the towns, EPCI and areas of a sheet are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from beffroi.foundations.territories.queries import (
    TownFamily,
    TownLabel,
    departments_on,
    intercommunality_names,
    town_labels,
)

from .lines import RecordedAs, TownLink


@dataclass(frozen=True, slots=True)
class Names:
    """The words for every place that a sheet names, read once.

    `departments` gives the name, région code and région name of each code.
    """

    family: TownFamily
    towns: Mapping[int, TownLabel]
    intercommunalities: Mapping[int, str]
    departments: Mapping[str, tuple[str, str, str]]

    def link(self, town_id: int) -> TownLink:
        """A town as it is written on the day of the sheet."""
        label = self.towns.get(town_id) or self.family.label(town_id, on=self.family.on)
        return TownLink(town_id, label.code, label.name)

    def links(self, town_ids: Iterable[int]) -> tuple[TownLink, ...]:
        """Towns by name."""
        found = {self.link(town_id) for town_id in town_ids}
        return tuple(sorted(found, key=lambda town: (town.name, town.code)))

    def department(self, code: str) -> str:
        """The name of a département, its code where it has none."""
        return self.departments.get(code, (code,))[0]

    def region(self, code: str) -> str:
        """The name of a région, its code where it has none."""
        return next((row[2] for row in self.departments.values() if row[1] == code), code)

    def recorded_as(self, town_ids: Iterable[int], on: date) -> RecordedAs | None:
        """How the town was written on the day of a row that names it once or more.

        None when one of the names is the one that the sheet writes.
        """
        origins = [self._origin(town_id, on) for town_id in town_ids]
        return None if None in origins else next(iter(origins), None)

    def _origin(self, town_id: int, on: date) -> RecordedAs | None:
        then = self.family.label(town_id, on=on)
        now = self.family.label(self.family.town_id, on=self.family.on)
        is_former_town = town_id != self.family.town_id
        if not is_former_town and (then.code, then.name) == (now.code, now.name):
            return None
        return RecordedAs(then.code, then.name, is_former_town)


def read_names(
    family: TownFamily,
    *,
    town_ids: Iterable[int],
    intercommunality_ids: Iterable[int],
    has_areas: bool,
) -> Names:
    """Two queries, and one more where départements or régions are named, for any number."""
    others = frozenset(town_ids) - family.ids
    epci = frozenset(intercommunality_ids)
    return Names(
        family,
        town_labels(others, on=family.on) if others else {},
        intercommunality_names(epci, on=family.on) if epci else {},
        departments_on(family.on) if has_areas else {},
    )

"""How the towns and EPCI of a sheet are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from beffroi.foundations.territories.queries import (
    TownFamily,
    TownLabel,
    intercommunality_names,
    town_labels,
)

from .lines import RecordedAs, TownLink


@dataclass(frozen=True, slots=True)
class Names:
    """The words for every town and EPCI that a sheet names, read once."""

    family: TownFamily
    towns: Mapping[int, TownLabel]
    intercommunalities: Mapping[int, str]

    def link(self, town_id: int) -> TownLink:
        """A town as it is written on the day of the sheet."""
        label = self.towns.get(town_id) or self.family.label(town_id, on=self.family.on)
        return TownLink(town_id, label.code, label.name)

    def links(self, town_ids: Iterable[int]) -> tuple[TownLink, ...]:
        """Towns by name."""
        found = {self.link(town_id) for town_id in town_ids}
        return tuple(sorted(found, key=lambda town: (town.name, town.code)))

    def recorded_as(self, town_id: int, on: date | None) -> RecordedAs | None:
        """How the town was written on the day of a row; None when the sheet writes it the same."""
        then = self.family.label(town_id, on=on or self.family.on)
        now = self.family.label(self.family.town_id, on=self.family.on)
        is_former_town = town_id != self.family.town_id
        if not is_former_town and (then.code, then.name) == (now.code, now.name):
            return None
        return RecordedAs(then.code, then.name, is_former_town)


def read_names(
    family: TownFamily, *, town_ids: Iterable[int], intercommunality_ids: Iterable[int]
) -> Names:
    """Two queries, whatever the number of names."""
    others = frozenset(town_ids) - family.ids
    epci = frozenset(intercommunality_ids)
    return Names(
        family,
        town_labels(others, on=family.on) if others else {},
        intercommunality_names(epci, on=family.on) if epci else {},
    )

"""The register on a day, as every dataset reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from beffroi.foundations.territories.queries import TownLabel, living_towns, town_labels
from beffroi.programme.membership.models import Programme

Naming = Callable[[int], TownLabel]


@dataclass(frozen=True)
class Edition:
    """A day, and the programme it is read for; None in a register that holds none yet."""

    as_of: date
    programme: Programme | None

    @cached_property
    def living(self) -> Mapping[int, int]:
        """Every town → the town that carries it that day."""
        return living_towns(on=self.as_of)

    def naming(self, town_ids: Iterable[int]) -> Naming:
        """How each of these towns is written that day, under the town that carries it then."""
        known = frozenset(town_ids)
        labels = town_labels((self.living[pk] for pk in known), on=self.as_of)
        return lambda town_id: labels[self.living[town_id]]

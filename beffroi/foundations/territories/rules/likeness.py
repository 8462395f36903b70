"""Which towns are like another one. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf, log
from typing import NamedTuple


class Profile(NamedTuple):
    """What towns are compared by: inhabitants, and level of centrality; None if unknown."""

    population: int | None
    centrality: int | None


def most_alike(own: Profile, others: Mapping[int, Profile], *, limit: int) -> list[int]:
    """The towns nearest in size among those of the same centrality, then among the others.

    Sizes compare as ratios: 1,000 is as far from 2,000 as 4,000 is. Unknown sizes come last.
    """

    def distance(town_id: int) -> tuple[bool, float, int]:
        other = others[town_id]
        return other.centrality != own.centrality, _ratio(own, other), town_id

    return sorted(others, key=distance)[:limit]


def _ratio(own: Profile, other: Profile) -> float:
    if own.population is None or other.population is None:
        return inf
    return abs(log(max(other.population, 1)) - log(max(own.population, 1)))

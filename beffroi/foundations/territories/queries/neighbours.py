"""Centrality, and the towns that are like another one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from ..models import Centrality, CentralityLevel, Population
from ..rules import Profile, most_alike
from .labels import rows_about


def centrality_of(town_ids: Iterable[int], *, on: date) -> dict[int, CentralityLevel]:
    """The level of centrality of towns on a day; a town without one is absent."""
    wanted = frozenset(town_ids)
    rows = rows_about(Centrality.objects.as_of(on), wanted).values_list("town_id", "level")
    return {town_id: CentralityLevel(level) for town_id, level in rows if town_id in wanted}


def population_of(town_ids: Iterable[int], *, on: date) -> dict[int, int]:
    """The inhabitants of towns on a day; a town that did not live then is absent."""
    wanted = frozenset(town_ids)
    rows = rows_about(Population.objects.as_of(on), wanted).values_list("town_id", "inhabitants")
    return {town_id: people for town_id, people in rows if town_id in wanted}


def similar_towns(*, town_id: int, among: Collection[int], on: date, limit: int = 8) -> list[int]:
    """The towns of `among` most like this one that day: same centrality first, nearest size.

    The town itself is left out. Two queries.
    """
    others = frozenset(among) - {town_id}
    people = population_of(others | {town_id}, on=on)
    levels = centrality_of(others | {town_id}, on=on)
    profiles = {pk: Profile(people.get(pk), levels.get(pk)) for pk in others | {town_id}}
    own = profiles.pop(town_id)
    return most_alike(own, profiles, limit=limit)

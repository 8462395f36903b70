"""The parts of a territory on a day: its régions, its départements, its EPCI, its towns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..models import IntercommunalityMembership, IntercommunalityPeriod, RegionPeriod, TownPeriod
from ..rules import OVERSEAS_COLLECTIVITIES
from .areas import Territory, town_ids_in
from .cards import departments_on
from .labels import rows_about

PARTS_OF: Mapping[str, tuple[str, ...]] = {
    "reg": ("dep",),
    "dep": ("epci",),
    "epci": ("com",),
    "com": (),
}
_WIDEST = ("reg", "dep")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a territory: its code, its name that day, and its towns among those asked for."""

    code: str
    name: str
    towns: frozenset[int]


def kinds_of_parts(territory: Territory) -> tuple[str, ...]:
    """The kinds of parts that a territory is told in, widest first; a town has none."""
    return PARTS_OF.get(territory.kind, _WIDEST)


def parts_of(
    territory: Territory, kind: str, *, on: date, among: Collection[int]
) -> tuple[Part, ...]:
    """The parts of one kind, in the order of codes, with the towns of `among` that lie in each.

    Every région, département or EPCI of the territory is there, whether or not it has such a town;
    of communes, and of the overseas collectivities, those that have one. Only what lies in the
    territory counts: an EPCI that crosses a département's limit is told for its towns there.
    """
    inside = town_ids_in(territory, on=on)
    towns = frozenset(among) if inside is None else inside.intersection(among)
    if kind == "com":
        return _towns(towns, on)
    if kind == "epci":
        return _intercommunalities(inside or frozenset(), towns, on)
    return _wide_parts(territory, kind, towns, on)


def _wide_parts(
    territory: Territory, kind: str, towns: frozenset[int], on: date
) -> tuple[Part, ...]:
    departments = departments_on(on)
    if territory.kind == "reg":
        departments = {code: of for code, of in departments.items() if of[1] == territory.code}
    names = {code: name for code, (name, *_) in departments.items()}
    area = dict(zip(names, names, strict=True))
    if kind == "reg":
        rows: Iterable[Any] = RegionPeriod.objects.as_of(on).values_list("region__code", "name")
        names = dict(rows)
        area = {code: region for code, (_, region, _name) in departments.items()}
    placed: defaultdict[str, set[int]] = defaultdict(set)
    rows = rows_about(TownPeriod.objects.as_of(on), towns)
    for town, department in rows.values_list("town_id", "department__code"):
        if town in towns and department in area:
            placed[area[department]].add(town)
    return tuple(
        Part(code, name, frozenset(placed[code]))
        for code, name in sorted(names.items())
        if placed[code] or code not in OVERSEAS_COLLECTIVITIES
    )


def _intercommunalities(
    inside: frozenset[int], towns: frozenset[int], on: date
) -> tuple[Part, ...]:
    members: defaultdict[int, set[int]] = defaultdict(set)
    rows = rows_about(IntercommunalityMembership.objects.as_of(on), inside)
    for epci, town in rows.values_list("intercommunality_id", "town_id"):
        if town in inside:
            members[epci].add(town)
    columns = ("intercommunality_id", "intercommunality__siren", "name")
    named = IntercommunalityPeriod.objects.as_of(on).filter(intercommunality_id__in=set(members))
    parts = (
        Part(siren, name, towns.intersection(members[pk]))
        for pk, siren, name in named.values_list(*columns)
    )
    return tuple(sorted(parts, key=lambda part: part.code))


def _towns(towns: frozenset[int], on: date) -> tuple[Part, ...]:
    rows = rows_about(TownPeriod.objects.as_of(on), towns).values_list("town_id", "code", "name")
    parts = (Part(code, name, frozenset({pk})) for pk, code, name in rows if pk in towns)
    return tuple(sorted(parts, key=lambda part: part.code))

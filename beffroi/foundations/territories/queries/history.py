"""What happened to a town, told in French."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from django.db.models import Q

from ..models import IntercommunalityMembership, IntercommunalityPeriod, Succession, TownPeriod
from ..rules import Bearing, Span, bearing_on
from .labels import TownLabel, town_labels


class TownEvent(NamedTuple):
    """What happened to a town on a day, as a French sentence without a full stop."""

    day: date
    sentence: str


class _Link(NamedTuple):
    town_id: int
    day: date


def town_history(town_id: int, *, on: date | None = None) -> list[TownEvent]:
    """What happened to a town up to a day (to the last known one by default), in order.

    Its start and its end, the towns it took in or gave birth to, its names, codes, départements
    and EPCI. An EPCI changes on January 1st, as the yearly editions tell it.
    """
    periods = _periods(town_id)
    events = [
        *_successions(town_id, periods),
        *(event for before, after in pairwise(periods) for event in _changes(before, after)),
        *_groups(town_id, periods),
    ]
    return sorted(
        (event for event in events if on is None or event.day <= on), key=lambda event: event.day
    )


def _periods(town_id: int) -> list[tuple[Span, TownLabel]]:
    columns = ("valid_from", "valid_to", "code", "name", "department__code")
    rows = TownPeriod.objects.filter(town_id=town_id).values_list(*columns)
    found = [(Span(start, end), TownLabel(*label)) for start, end, *label in rows]
    return sorted(found, key=lambda period: period[0].start or date.min)


def _changes(before: tuple[Span, TownLabel], after: tuple[Span, TownLabel]) -> Iterator[TownEvent]:
    (_, old), (span, new) = before, after
    day = span.start or date.min
    if old.name != new.name:
        yield TownEvent(day, f"Prend le nom de {new.name}, au lieu de {old.name}")
    if old.code != new.code:
        yield TownEvent(day, f"Change de code INSEE\u00a0: {new.code}, au lieu de {old.code}")
    if old.department_code != new.department_code:
        yield TownEvent(
            day,
            f"Change de département\u00a0: {new.department_code}, au lieu de {old.department_code}",
        )


def _successions(town_id: int, periods: list[tuple[Span, TownLabel]]) -> Iterator[TownEvent]:
    links = Succession.objects.filter(Q(predecessor=town_id) | Q(successor=town_id))
    after: defaultdict[date, list[int]] = defaultdict(list)
    before: defaultdict[date, list[int]] = defaultdict(list)
    for old, new, day in links.values_list("predecessor_id", "successor_id", "happened_on"):
        (after[day] if old == town_id else before[day]).append(new if old == town_id else old)
    birth = periods[0][0].start if periods else None
    death = periods[-1][0].end if periods else None
    if birth and birth not in before:
        yield TownEvent(birth, "Est créée")
    if death and death not in after:
        yield TownEvent(death, "Cesse d’exister")
    for day, towns in after.items():
        yield TownEvent(day, _became(_written(towns, day), is_end=day == death))
    for day, towns in before.items():
        yield TownEvent(day, _came_from(towns, day, is_birth=day == birth))


def _became(heirs: list[str], *, is_end: bool) -> str:
    if not is_end:
        return f"Voit partir {_join(heirs)}"
    if len(heirs) == 1:
        return f"Devient {heirs[0]} par fusion"
    return f"Est scindée en {_join(heirs)}"


def _came_from(towns: list[int], day: date, *, is_birth: bool) -> str:
    names = _join(_written(towns, _eve(day)))
    if not is_birth:
        return f"Absorbe {names}"
    living = TownPeriod.objects.as_of(day).filter(town_id__in=towns).exists()
    if living or len(towns) == 1:
        return f"Est créée par séparation d’avec {names}"
    return f"Est créée par la fusion de {names}"


def _written(towns: Iterable[int], on: date) -> list[str]:
    labels = town_labels(towns, on=on).values()
    return sorted(map(str, labels))


def _join(names: list[str]) -> str:
    return " et ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _groups(town_id: int, periods: list[tuple[Span, TownLabel]]) -> Iterator[TownEvent]:
    limits = {periods[0][0].start, periods[-1][0].end} if periods else set()
    rows = IntercommunalityMembership.objects.filter(town_id=town_id)
    left: dict[date, int] = {}
    joined: dict[date, int] = {}
    for epci, start, end in rows.values_list("intercommunality_id", "valid_from", "valid_to"):
        if start and start not in limits:
            joined[start] = epci
        if end and end not in limits:
            left[end] = epci
    names = _group_names({*left.values(), *joined.values()})
    for day in sorted({*left, *joined}):
        old = _name_on(names, left[day], _eve(day)) if day in left else ""
        new = _name_on(names, joined[day], day) if day in joined else ""
        yield TownEvent(day, _moved(old, new))


def _group_names(epci: set[int]) -> dict[int, list[tuple[Span, str]]]:
    names: defaultdict[int, list[tuple[Span, str]]] = defaultdict(list)
    rows = IntercommunalityPeriod.objects.filter(intercommunality_id__in=epci)
    for pk, start, end, name in rows.values_list(
        "intercommunality_id", "valid_from", "valid_to", "name"
    ):
        names[pk].append((Span(start, end), name))
    return names


def _name_on(names: dict[int, list[tuple[Span, str]]], epci: int, on: date) -> str:
    by_bearing = {Bearing(index, span): name for index, (span, name) in enumerate(names[epci])}
    nearest = bearing_on(by_bearing, on)
    return by_bearing[nearest] if nearest else ""


def _eve(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def _moved(old: str, new: str) -> str:
    if old and new:
        return f"Change d’intercommunalité\u00a0: {new}, au lieu de {old}"
    return f"Entre dans l’intercommunalité {new}" if new else f"Quitte l’intercommunalité {old}"

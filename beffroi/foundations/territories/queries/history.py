"""What happened to a town, told in French."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from ..models import IntercommunalityMembership
from ..rules import Bearing, Span, bearing_on, joined
from .family import TownFamily, town_family
from .labels import TownLabel


class TownEvent(NamedTuple):
    """What happened to a town on a day, as a French sentence without a full stop."""

    day: date
    sentence: str


def town_history(
    town_id: int, *, on: date | None = None, family: TownFamily | None = None
) -> list[TownEvent]:
    """What happened to a town up to a day (to the last known one by default), in order.

    Its start and its end, the towns it took in or gave birth to, its names, codes, départements
    and EPCI. An EPCI changes on January 1st, as the yearly editions tell it. One query for those
    who have the family of the town already.
    """
    family = family or town_family(town_id, on=on or date.max)
    periods = _periods(family)
    events = [
        *_successions(family, periods),
        *(event for before, after in pairwise(periods) for event in _changes(before, after)),
        *_groups(town_id, periods),
    ]
    return sorted(
        (event for event in events if on is None or event.day <= on), key=lambda event: event.day
    )


def _periods(family: TownFamily) -> list[tuple[Span, TownLabel]]:
    labels = family.written.get(family.town_id, {})
    found = [(bearing.span, label) for bearing, label in labels.items()]
    return sorted(found, key=lambda period: period[0].start or date.min)


def _changes(before: tuple[Span, TownLabel], after: tuple[Span, TownLabel]) -> Iterator[TownEvent]:
    (_, old), (span, new) = before, after
    day = span.start or date.min
    if old.name != new.name:
        yield TownEvent(day, f"Change de nom\u00a0: {new.name} (auparavant {old.name})")
    if old.code != new.code:
        yield TownEvent(day, f"Change de code INSEE\u00a0: {new.code} (auparavant {old.code})")
    if old.department_code != new.department_code:
        yield TownEvent(
            day,
            f"Change de département\u00a0: {new.department_code} "
            f"(auparavant {old.department_code})",
        )


def _successions(family: TownFamily, periods: list[tuple[Span, TownLabel]]) -> Iterator[TownEvent]:
    after: defaultdict[date, list[int]] = defaultdict(list)
    before: defaultdict[date, list[int]] = defaultdict(list)
    for old, new, day in family.links:
        if old == family.town_id:
            after[day].append(new)
        elif new == family.town_id:
            before[day].append(old)
    lives = joined(span for span, _ in periods)
    births = [life.start for life in lives if life.start]
    deaths = [life.end for life in lives if life.end]
    yield from (TownEvent(day, "Est créée") for day in births if day not in before)
    yield from (TownEvent(day, "Cesse d’exister") for day in deaths if day not in after)
    for day, towns in after.items():
        yield TownEvent(day, _became(_written(family, towns, day), is_end=day in deaths))
    for day, towns in before.items():
        if day not in births:
            yield TownEvent(day, f"Absorbe {_join(_written(family, towns, _eve(day)))}")
        else:
            yield TownEvent(day, _came_from(family, towns, day, is_again=day != lives[0].start))


def _became(heirs: list[str], *, is_end: bool) -> str:
    if not is_end:
        return f"Voit partir {_join(heirs)}"
    if len(heirs) == 1:
        return f"Devient {heirs[0]} par fusion"
    return f"Est scindée en {_join(heirs)}"


def _came_from(family: TownFamily, towns: list[int], day: date, *, is_again: bool) -> str:
    names = _join(_written(family, towns, _eve(day)))
    if len(towns) > 1 and not any(family.lives(town_id, on=day) for town_id in towns):
        return f"Est créée par la fusion de {names}"
    return f"Est {'rétablie' if is_again else 'créée'} par séparation d’avec {names}"


def _written(family: TownFamily, towns: Iterable[int], on: date) -> list[str]:
    return sorted(str(family.label(town_id, on=on)) for town_id in towns)


def _join(names: list[str]) -> str:
    return " et ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _groups(town_id: int, periods: list[tuple[Span, TownLabel]]) -> Iterator[TownEvent]:
    limits = {day for life in joined(span for span, _ in periods) for day in life}
    columns = ("intercommunality_id", "valid_from", "valid_to")
    named = tuple(
        f"intercommunality__periods__{name}" for name in ("valid_from", "valid_to", "name")
    )
    rows = IntercommunalityMembership.objects.filter(town_id=town_id)
    left: dict[date, int] = {}
    entered: dict[date, int] = {}
    names: defaultdict[int, list[tuple[Span, str]]] = defaultdict(list)
    for epci, start, end, named_from, named_to, name in rows.values_list(*columns, *named):
        names[epci].append((Span(named_from, named_to), name or ""))
        if start and start not in limits:
            entered[start] = epci
        if end and end not in limits:
            left[end] = epci
    for day in sorted({*left, *entered}):
        old = _name_on(names, left[day], _eve(day)) if day in left else ""
        new = _name_on(names, entered[day], day) if day in entered else ""
        yield TownEvent(day, _moved(old, new))


def _name_on(names: dict[int, list[tuple[Span, str]]], epci: int, on: date) -> str:
    by_bearing = {Bearing(index, span): name for index, (span, name) in enumerate(names[epci])}
    nearest = bearing_on(by_bearing, on)
    return by_bearing[nearest] if nearest else ""


def _eve(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def _moved(old: str, new: str) -> str:
    if old == new:
        return f"Change d’intercommunalité\u00a0: une nouvelle {new} succède à celle de ce nom"
    if old and new:
        return f"Change d’intercommunalité\u00a0: {new} (auparavant {old})"
    return f"Entre dans l’intercommunalité {new}" if new else f"Quitte l’intercommunalité {old}"

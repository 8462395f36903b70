"""A town with those that it continues, and how each was written at any date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.db.models import Q

from ..models import Succession, TownPeriod
from ..rules import Bearing, Lineage, Span, bearing_on
from .labels import TownLabel

_Links = frozenset[tuple[int, int, date]]


@dataclass(frozen=True, slots=True)
class TownFamily:
    """A town on a day with the towns that it stands for, whose rows are now its own.

    `former_ids` ended into it, or are still part of it. `heir_ids` are the living towns that stand
    for it that day: itself while it lives, none when nothing says, several after a split.
    `part_ids` are the towns whose merger made it, where it did not exist yet. `links` are every
    succession around it: predecessor, successor, day.
    """

    town_id: int
    on: date
    former_ids: frozenset[int]
    heir_ids: frozenset[int]
    part_ids: frozenset[int]
    links: frozenset[tuple[int, int, date]]
    written: Mapping[int, Mapping[Bearing, TownLabel]]

    @property
    def ids(self) -> frozenset[int]:
        """The town and those it stands for."""
        return self.former_ids | {self.town_id}

    @property
    def is_living(self) -> bool:
        """True when the town exists on the day."""
        return self.town_id in self.heir_ids

    def lives(self, town_id: int, *, on: date) -> bool:
        """True when a town around this one exists on a day."""
        return any(bearing.span.holds(on) for bearing in self.written.get(town_id, {}))

    def label(self, town_id: int, *, on: date) -> TownLabel:
        """How a town of the family was written on a day, or nearest to it."""
        labels = self.written.get(town_id, {})
        nearest = bearing_on(labels, on)
        return labels[nearest] if nearest else TownLabel("", "", "")


def town_family(town_id: int, *, on: date) -> TownFamily:
    """The family of a town on a day: three queries for most, one more per generation."""
    links = _links_around(town_id)
    ids = frozenset(chain({town_id}, *(link[:2] for link in links)))
    written: defaultdict[int, dict[Bearing, TownLabel]] = defaultdict(dict)
    columns = ("town_id", "valid_from", "valid_to", "code", "name", "department__code")
    for pk, start, end, *label in TownPeriod.objects.filter(town_id__in=ids).values_list(*columns):
        written[pk][Bearing(pk, Span(start, end))] = TownLabel(*label)
    lineage = _lineage(links, written)
    heirs = lineage.carriers(town_id, on)
    return TownFamily(
        town_id=town_id,
        on=on,
        former_ids=frozenset(
            pk
            for pk in ids - {town_id}
            if not lineage.is_living(pk, on) and lineage.carrier(pk, on) == town_id
        ),
        heir_ids=heirs,
        part_ids=frozenset() if heirs else _parts(lineage, town_id, on),
        links=links,
        written=dict(written),
    )


def _links_around(town_id: int) -> _Links:
    """Every succession that leads to the town or away from it, near or far."""
    links: set[tuple[int, int, date]] = set()
    seen: set[int] = set()
    waiting = {town_id}
    while waiting:
        around = Q(predecessor_id__in=waiting) | Q(successor_id__in=waiting)
        rows = Succession.objects.filter(around)
        links.update(rows.values_list("predecessor_id", "successor_id", "happened_on"))
        seen |= waiting
        waiting = set(chain(*(link[:2] for link in links))) - seen
    return frozenset(links)


def _lineage(links: _Links, written: Mapping[int, Mapping[Bearing, TownLabel]]) -> Lineage:
    successors: defaultdict[int, list[tuple[int, date]]] = defaultdict(list)
    predecessors: defaultdict[int, list[tuple[int, date]]] = defaultdict(list)
    for before, after, day in links:
        successors[before].append((after, day))
        predecessors[after].append((before, day))
    spans = {pk: [bearing.span for bearing in labels] for pk, labels in written.items()}
    return Lineage(spans, dict(successors), dict(predecessors))


def _parts(lineage: Lineage, town_id: int, on: date) -> frozenset[int]:
    before = (pk for pk, _ in lineage.predecessors.get(town_id, ()))
    return frozenset(pk for pk in before if lineage.is_living(pk, on))

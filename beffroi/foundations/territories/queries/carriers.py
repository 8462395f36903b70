"""Which towns stand for those that are gone, on one day or on many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ..models import Succession, TownPeriod
from ..rules import Lineage, Span
from .labels import rows_about


def moved_towns(*, on: date) -> dict[int, int]:
    """Every town that does not live on a day → the one town that stands for it then.

    A town that nothing or several stand for is absent, as is a living one. Two queries, far fewer
    rows than `living_towns`: most communes never merged.
    """
    carriers = load_carriers()
    return carriers.on(on)


@dataclass(frozen=True, slots=True)
class Carriers:
    """What became of some towns, read once: who stands for them on any day."""

    lineage: Lineage

    def on(self, day: date) -> dict[int, int]:
        """Every town that does not live on a day → the one town that stands for it then."""
        found = {town_id: self.lineage.carrier(town_id, day) for town_id in self.lineage.spans}
        return {town_id: carrier for town_id, carrier in found.items() if carrier != town_id}


def load_carriers(town_ids: Collection[int] | None = None) -> Carriers:
    """What became of towns, and of those around them; of every town where none is named.

    Two queries. A town that no succession names stands for itself.
    """
    successors: defaultdict[int, list[tuple[int, date]]] = defaultdict(list)
    predecessors: defaultdict[int, list[tuple[int, date]]] = defaultdict(list)
    columns = ("predecessor_id", "successor_id", "happened_on")
    for predecessor, successor, day in Succession.objects.values_list(*columns):
        successors[predecessor].append((successor, day))
        predecessors[successor].append((predecessor, day))
    related = successors.keys() | predecessors.keys()
    if town_ids is not None:
        related = _around(related.intersection(town_ids), successors, predecessors)
    spans: defaultdict[int, list[Span]] = defaultdict(list)
    rows = rows_about(TownPeriod.objects.all(), related)
    for town_id, start, end in rows.values_list("town_id", "valid_from", "valid_to"):
        if town_id in related:
            spans[town_id].append(Span(start, end))
    return Carriers(Lineage(dict(spans), dict(successors), dict(predecessors)))


def _around(towns: set[int], *links: Mapping[int, Iterable[tuple[int, date]]]) -> set[int]:
    """The towns with all that successions lead to from them, near or far."""
    seen: set[int] = set()
    waiting = set(towns)
    while waiting:
        seen |= waiting
        waiting = {
            other for town in waiting for link in links for other, _ in link.get(town, ())
        } - seen
    return seen

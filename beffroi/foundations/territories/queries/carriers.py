"""Which towns stand for those that are gone."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Q

from ..models import Succession, TownPeriod
from ..rules import Lineage, Span


def moved_towns(*, on: date) -> dict[int, int]:
    """Every town that does not live on a day → the one town that stands for it then.

    A town that nothing or several stand for is absent, as is a living one. Two queries, far fewer
    rows than `living_towns`: most communes never merged.
    """
    successors: defaultdict[int, list[tuple[int, date]]] = defaultdict(list)
    predecessors: defaultdict[int, list[tuple[int, date]]] = defaultdict(list)
    columns = ("predecessor_id", "successor_id", "happened_on")
    for predecessor, successor, day in Succession.objects.values_list(*columns):
        successors[predecessor].append((successor, day))
        predecessors[successor].append((predecessor, day))
    spans: defaultdict[int, list[Span]] = defaultdict(list)
    related = Q(town_id__in=Succession.objects.values("predecessor_id")) | Q(
        town_id__in=Succession.objects.values("successor_id")
    )
    rows = TownPeriod.objects.filter(related).values_list("town_id", "valid_from", "valid_to")
    for town_id, start, end in rows:
        spans[town_id].append(Span(start, end))
    lineage = Lineage(dict(spans), dict(successors), dict(predecessors))
    carried = {town_id: lineage.carrier(town_id, on) for town_id in spans}
    return {town_id: carrier for town_id, carrier in carried.items() if carrier != town_id}

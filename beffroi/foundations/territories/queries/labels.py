"""How towns are written on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Model, QuerySet

from ..models import TownPeriod
from ..rules import Bearing, Span, bearing_on

_MANY = 5000
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class TownLabel:
    """How a town is written on a day."""

    code: str
    name: str
    department_code: str

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


def rows_about(rows: QuerySet[M], ids: Collection[int]) -> QuerySet[M]:
    """Narrow rows to these towns, unless they are so many that reading all is cheaper."""
    return rows.filter(town_id__in=ids) if len(ids) <= _MANY else rows


def town_labels(ids: Iterable[int], *, on: date) -> dict[int, TownLabel]:
    """Code, name and département of towns on a day.

    A town that no longer lives, or not yet, keeps the label nearest to that day.
    """
    wanted = frozenset(ids)
    rows = rows_about(TownPeriod.objects.all(), wanted)
    written: defaultdict[int, list[tuple[Bearing, TownLabel]]] = defaultdict(list)
    columns = ("town_id", "valid_from", "valid_to", "code", "name", "department__code")
    for town_id, start, end, *label in rows.values_list(*columns):
        if town_id in wanted:
            written[town_id].append((Bearing(town_id, Span(start, end)), TownLabel(*label)))
    return {town_id: _label_on(labels, on) for town_id, labels in written.items()}


def _label_on(labels: list[tuple[Bearing, TownLabel]], on: date) -> TownLabel:
    nearest = bearing_on((bearing for bearing, _ in labels), on)
    return next(label for bearing, label in labels if bearing is nearest)

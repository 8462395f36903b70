"""The rows that figures open onto, described as of their day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from beffroi.foundations.territories.models import RegionPeriod
from beffroi.foundations.territories.queries import (
    TownLabel,
    town_labels,
)

from ..indicators import Record
from ..indicators.tables import MEETINGS, PLANS, TOWNS
from .measured import Progress


def rows_behind(progress: Progress) -> dict[str, list[Record]]:
    """The rows that the figures open onto, table by table, described as of that day."""
    tables = progress.facts.tables()
    behind = {
        int(key) for figure in progress.figures if figure.table == TOWNS for key in figure.rows
    }
    placed = {town for records in tables.values() for record in records for town in record.towns}
    labels = town_labels(behind | placed, on=progress.as_of)
    towns = [
        Record(town, (town,), None, (label.code, label.name, label.department_code))
        for town, label in labels.items()
        if town in behind
    ]
    places = _Places(labels, _region_names(progress.as_of))
    return {
        TOWNS: sorted(towns, key=lambda record: (record.cells, record.key)),
        **{code: places.complete(code, records) for code, records in tables.items()},
    }


def _region_names(on: date) -> dict[str, str]:
    rows: Iterable[Any] = RegionPeriod.objects.as_of(on).values_list("region__code", "name")
    return dict(rows)


@dataclass(frozen=True, slots=True)
class _Places:
    """The names of a day, which end the cells of the rows they belong to."""

    labels: Mapping[int, TownLabel]
    regions: Mapping[str, str]

    def complete(self, table: str, records: Iterable[Record]) -> list[Record]:
        """The same rows, ending with the towns or the région they concern."""
        if table == PLANS:
            return list(records)
        place = self._region if table == MEETINGS else self._towns
        return [record._replace(cells=(*record.cells, place(record))) for record in records]

    def _region(self, record: Record) -> str:
        return self.regions.get(record.region, record.region or "Nationale")

    def _towns(self, record: Record) -> str:
        labels = (self.labels[town] for town in record.towns)
        return ", ".join(f"{label.name} ({label.code})" for label in labels)

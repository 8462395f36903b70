"""The rows that figures open onto, described as of their day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from beffroi.foundations.territories.models import RegionPeriod
from beffroi.foundations.territories.queries import (
    TownLabel,
    town_labels,
)
from beffroi.programme.agreements.rules import framework_due_on

from ..indicators import Facts, Record, tables
from ..indicators.tables import MEETINGS, OF_TOWNS, PLANS, TOWNS
from .facts import FRESH
from .measured import Progress
from .register import ACTIVE

_SIGNED = {
    tables.DESIGNATED: ACTIVE,
    tables.FRESH: FRESH,
    tables.ADHESIONS: "adhesion",
    tables.FRAMEWORKS: "framework",
    tables.ORT: "ort",
    tables.SECURITY: "security",
    tables.INTEGRATED_SECURITY: "integrated_security",
}
_WITHOUT_REFERENCE = frozenset({tables.DESIGNATED, tables.FRESH})


def rows_behind(progress: Progress) -> dict[str, list[Record]]:
    """The rows that the figures open onto, table by table, described as of that day."""
    listed = progress.facts.tables()
    behind: defaultdict[str, set[int]] = defaultdict(set)
    behind[TOWNS] = set()
    for figure in progress.figures:
        if figure.table in OF_TOWNS:
            behind[figure.table].update(map(int, figure.rows))
    placed = {town for records in listed.values() for record in records for town in record.towns}
    labels = town_labels(placed.union(*behind.values()), on=progress.as_of)
    places = _Places(labels, _region_names(progress.as_of))
    return {
        **{code: _towns(code, towns, progress.facts, labels) for code, towns in behind.items()},
        **{code: places.complete(code, records) for code, records in listed.items()},
    }


def _towns(
    table: str, towns: Iterable[int], facts: Facts, labels: Mapping[int, TownLabel]
) -> list[Record]:
    """The rows of a table of towns: each town, and why it is there."""
    rows = (
        Record(town, (town,), None, (*_written(labels[town]), *_why(table, town, facts)))
        for town in towns
    )
    return sorted(rows, key=lambda record: (record.cells, record.key))


def _written(label: TownLabel) -> tuple[str, str, str]:
    return label.code, label.name, label.department_code


def _why(table: str, town: int, facts: Facts) -> tuple[str, ...]:
    if table == tables.POPULATIONS:
        return (str(facts.population[town]),)
    if table == tables.LATE:
        due_on = framework_due_on(facts.signed["adhesion"][town].since)
        return ((due_on + timedelta(days=1)).isoformat(),)
    if table not in _SIGNED:
        return ()
    since, reference = facts.signed[_SIGNED[table]][town]
    return (since.isoformat(),) if table in _WITHOUT_REFERENCE else (since.isoformat(), reference)


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

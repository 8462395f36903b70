"""Reports made up in memory, a figure and its rows at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from beffroi.progress.comparison import Side
from beffroi.progress.frozen import freeze
from beffroi.progress.indicators import BY_CODE, Record
from beffroi.progress.indicators.tables import OF_TOWNS, TOWNS
from beffroi.progress.report import Report
from beffroi.progress.rules import Figure, Number

BEFORE, AFTER = date(2022, 6, 30), date(2022, 9, 23)


def figure(code: str, rows: Sequence[Record], value: Number | None, **changes: object) -> Figure:
    """A figure of an indicator that exists, with these rows behind it: of towns, bare ones."""
    declared = BY_CODE[code]
    made = Figure(
        code=code,
        label=declared.label,
        heading=declared.heading,
        value=value,
        unit=declared.unit,
        numerator=None,
        denominator=None,
        definition=declared.definition,
        version=declared.version,
        since=declared.since,
        table=TOWNS if declared.table in OF_TOWNS else declared.table,
        rows=tuple(record.key for record in rows),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def side(as_of: date, figures: Mapping[Figure, Sequence[Record]]) -> Side:
    """A frozen report of these figures."""
    tables: dict[str, dict[object, Record]] = {}
    for one, records in figures.items():
        tables.setdefault(one.table, {}).update({record.key: record for record in records})
    report = Report(
        programme="Petites villes de demain",
        as_of=as_of,
        territory="national",
        territory_name="France entière",
        figures=tuple(figures),
        row_counts={one.code: len(one.rows) for one in figures},
    )
    rows = {code: list(records.values()) for code, records in tables.items()}
    return Side.of(freeze(report, rows))


def towns_counted(as_of: date, *towns: Record, code: str = "active_towns") -> Side:
    """A report of one count of towns."""
    return side(as_of, {figure(code, towns, len(towns)): towns})


def money(as_of: date, *decisions: Record) -> Side:
    """A report of the amount of these decisions."""
    total = sum((record.quantity or Decimal(0) for record in decisions), Decimal("0.00"))
    return side(as_of, {figure("realised_amount", decisions, total): decisions})


def town(key: int, name: str = "Dinan", code: str = "", department: str = "22") -> Record:
    """A row of the table of towns."""
    return Record(key, (key,), None, (code or f"{22000 + key}", name, department))


def decision(
    key: str, amount: str = "100.00", day: str = "2022-05-12", place: str = "Dinan (22050)"
) -> Record:
    """A row of the table of decisions."""
    cells = (key, "Anah", "Commune de Dinan", day, amount, place)
    return Record(key, (1,), Decimal(amount), cells)

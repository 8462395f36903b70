"""Figures as a snapshot keeps them: values of JSON, one canonical text, one fingerprint. Pure.

A frozen report has two halves: its content, which pages read, and the rows behind its figures, read
only when one is opened. Decimal numbers are kept as text, because JSON's own are not exact.

Reports frozen before they held breakdowns, parts and series (content without a `format`) keep what
they had: the same figures, the same rows, the same fingerprint.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from beffroi.foundations.dates import format_date
from beffroi.foundations.money import format_amount, format_number

from .indicators import TABLES, Column, Record
from .indicators.tables import AMOUNT, FUNDER, NAMING, NUMERIC, TOWN_CODE
from .report import (
    Breakdown,
    Line,
    Partner,
    Parts,
    Place,
    Report,
    Series,
    SeriesPart,
)
from .rules import NO_VALUE, Figure, Number, Reading, RowKey

Content = Mapping[str, Any]
FORMAT = 2
EVENT = "event"
_AFTER_ONE_NAME = re.compile(r"[^()]+ \(([0-9][0-9AB][0-9]{3})\)")

_WRITERS: Mapping[str, Callable[[str], str]] = {
    "date": lambda cell: format_date(date.fromisoformat(cell)),
    "€": lambda cell: format_amount(Decimal(cell), decimals=2),
    "number": lambda cell: format_number(_shortest(Decimal(cell))) if cell else NO_VALUE,
}


@dataclass(frozen=True, slots=True)
class Frozen:
    """A report as it is kept: its content, and apart from it the rows behind its figures.

    `rows` holds `figures` (code → keys) and `tables` (code → title, columns, rows).
    """

    content: Content
    rows: Content

    @property
    def fingerprint(self) -> str:
        """SHA-256, in hexadecimal, of the canonical JSON of the two halves."""
        return hashlib.sha256(canonical_json(self._whole()).encode()).hexdigest()

    def _whole(self) -> Content:
        if "format" in self.content:
            return {**self.content, "rows": self.rows}
        keys = self.rows["figures"]
        figures = [
            {**{name: value for name, value in entry.items() if name != "row_count"}}
            | {"rows": keys[entry["code"]]}
            for entry in self.content["figures"]
        ]
        return {**self.content, "figures": figures, "tables": self.rows["tables"]}


@dataclass(frozen=True, slots=True)
class OpenedRow:
    """One row behind a figure, as it was written on the day of freezing."""

    key: RowKey
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenedTable:
    """The rows behind a figure, with the titles of their columns."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[OpenedRow, ...]


@dataclass(frozen=True, slots=True)
class WrittenCell:
    """The text of a cell, whether it stands to the right as numbers do, and the code of the town
    that it names, if it names one."""

    text: str
    is_number: bool
    town: str = ""


@dataclass(frozen=True, slots=True)
class FunderTotal:
    """What one funder brought: rows, and euros."""

    funder: str
    count: int
    amount: Decimal

    @property
    def written_count(self) -> str:
        """`2 310`."""
        return format_number(self.count)

    @property
    def written_amount(self) -> str:
        """`21 667,00 €`."""
        return format_amount(self.amount, decimals=2)


def freeze(report: Report, rows: Mapping[str, Sequence[Record]]) -> Frozen:
    """A report as it is kept; `rows` gives the rows of each table, already in order."""
    content = {
        "format": FORMAT,
        "programme": report.programme,
        "as_of": report.as_of.isoformat(),
        "territory": report.territory,
        "territory_name": report.territory_name,
        "inputs": report.inputs,
        "foreword": report.foreword,
        "figures": [_frozen_figure(figure) for figure in report.figures],
        "breakdowns": {
            code: [_frozen_breakdown(breakdown) for breakdown in breakdowns]
            for code, breakdowns in report.breakdowns.items()
        },
        "parts": [_frozen_parts(parts) for parts in report.parts],
        "series": _frozen_series(report.series) if report.series else None,
        "country": _frozen_readings(report.country),
        "partners": [asdict(partner) for partner in report.partners],
    }
    kept = {
        "figures": {figure.code: list(figure.rows) for figure in report.figures},
        "tables": {code: _frozen_table(code, records) for code, records in rows.items()},
    }
    return Frozen(content, kept)


def thaw(content: Content) -> Report:
    """The report of a content, its figures without their rows and without what freezing adds."""
    return Report(
        programme=content.get("programme", "Petites villes de demain"),
        as_of=date.fromisoformat(content["as_of"]),
        territory=content["territory"],
        territory_name=content["territory_name"],
        inputs=content.get("inputs", ""),
        foreword=content.get("foreword", ""),
        figures=tuple(_thawed_figure(entry) for entry in content["figures"]),
        row_counts={entry["code"]: entry["row_count"] for entry in content["figures"]},
        breakdowns={
            code: tuple(_thawed_breakdown(entry) for entry in entries)
            for code, entries in _by_code(content.get("breakdowns", {}))
        },
        parts=tuple(_thawed_parts(entry) for entry in content.get("parts", ())),
        series=_thawed_series(content.get("series")),
        country=_thawed_readings(content.get("country", {})),
        partners=tuple(Partner(**entry) for entry in content.get("partners", ())),
    )


def canonical_json(content: Content) -> str:
    """The same text for the same values, whatever the database did to the order of the keys."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def told_otherwise(before: Frozen, after: Frozen) -> tuple[str, ...]:
    """The names of what two reports of one day tell otherwise beside their figures: `partners`,
    `inputs`, …, and `rows` for the words of the rows behind them."""
    names = dict.fromkeys((*after.content, *before.content))
    differ = (name for name in names if before.content.get(name) != after.content.get(name))
    rows = ("rows",) if before.rows["tables"] != after.rows["tables"] else ()
    return (*(name for name in differ if name != "figures"), *rows)


def with_rows(figure: Figure, rows: Content) -> Figure:
    """The same figure, with the keys of the rows behind it."""
    return replace(figure, rows=tuple(rows["figures"][figure.code]))


def open_figure(figure: Figure, rows: Content) -> OpenedTable:
    """The rows behind one figure, in the order of its table."""
    table, wanted = rows["tables"][figure.table], set(rows["figures"][figure.code])
    opened = (OpenedRow(key, tuple(cells)) for key, *cells in table["rows"] if key in wanted)
    columns = tuple(
        Column(title, kind, is_event=EVENT in marks) for title, kind, *marks in table["columns"]
    )
    return OpenedTable(table["title"], columns, tuple(opened))


def write_cells(table: OpenedTable, row: OpenedRow) -> list[WrittenCell]:
    """The cells of a row, as French typography writes each kind."""
    pairs = zip(table.columns, row.cells, strict=True)
    return [
        WrittenCell(
            _WRITERS.get(column.kind, str)(cell),
            column.kind in NUMERIC,
            _town_named(table, column, cell, row),
        )
        for column, cell in pairs
    ]


def _town_named(table: OpenedTable, column: Column, cell: str, row: OpenedRow) -> str:
    """The code beside a name in the table of towns, or written after the one name of a cell."""
    if column.title not in NAMING:
        return ""
    if table.columns[0].title == TOWN_CODE:
        return row.cells[0]
    found = _AFTER_ONE_NAME.fullmatch(cell)
    return found[1] if found else ""


def by_funder(table: OpenedTable) -> list[FunderTotal]:
    """How many rows each funder has and what they amount to; empty where rows name no funder."""
    titles = [column.title for column in table.columns]
    if FUNDER not in titles or AMOUNT not in titles:
        return []
    funder, amount = titles.index(FUNDER), titles.index(AMOUNT)
    totals: dict[str, list[Decimal]] = {}
    for row in table.rows:
        totals.setdefault(row.cells[funder], []).append(Decimal(row.cells[amount]))
    return [
        FunderTotal(name, len(amounts), sum(amounts, Decimal(0)))
        for name, amounts in sorted(totals.items(), key=lambda pair: pair[0].casefold())
    ]


def _frozen_figure(figure: Figure) -> dict[str, Any]:
    entry = asdict(figure) | _frozen_reading(figure.reading)
    entry |= {"since": figure.since.isoformat(), "exclusions": list(figure.exclusions)}
    del entry["rows"]
    return entry | {"row_count": len(figure.rows)}


def _thawed_figure(entry: Mapping[str, Any]) -> Figure:
    reading = _thawed_reading([entry[name] for name in ("value", "numerator", "denominator")])
    return Figure(
        **{
            **{name: value for name, value in entry.items() if name != "row_count"},
            **asdict(reading),
            "since": date.fromisoformat(entry["since"]),
            "exclusions": tuple(entry.get("exclusions", ())),
            "rows": (),
        }
    )


def _frozen_reading(reading: Reading) -> dict[str, int | str | None]:
    return {name: _frozen_number(number) for name, number in asdict(reading).items()}


def _frozen_triple(reading: Reading) -> list[int | str | None]:
    return list(_frozen_reading(reading).values())


def _thawed_reading(triple: Sequence[int | str | None]) -> Reading:
    return Reading(*map(_thawed_number, triple))


def _frozen_readings(readings: Mapping[str, Reading]) -> dict[str, Any]:
    return {code: _frozen_triple(reading) for code, reading in readings.items()}


def _thawed_readings(entries: Content) -> dict[str, Reading]:
    return {code: _thawed_reading(triple) for code, triple in _by_code(entries)}


def _by_code(entries: Content) -> list[tuple[str, Any]]:
    """In the order of codes: PostgreSQL keeps the keys of JSON in an order of its own."""
    return sorted(entries.items())


def _frozen_breakdown(breakdown: Breakdown) -> dict[str, Any]:
    lines = [[line.label, *_frozen_triple(line.reading)] for line in breakdown.lines]
    return {"kind": breakdown.kind, "title": breakdown.title, "lines": lines}


def _thawed_breakdown(entry: Content) -> Breakdown:
    lines = tuple(Line(label, _thawed_reading(triple)) for label, *triple in entry["lines"])
    return Breakdown(entry["kind"], entry["title"], lines)


def _frozen_parts(parts: Parts) -> dict[str, Any]:
    places = [[place.code, place.name, _frozen_readings(place.readings)] for place in parts.places]
    return {"kind": parts.kind, "title": parts.title, "places": places}


def _thawed_parts(entry: Content) -> Parts:
    places = (
        Place(code, name, _thawed_readings(readings)) for code, name, readings in entry["places"]
    )
    return Parts(entry["kind"], entry["title"], tuple(places))


def _frozen_series(series: Series) -> dict[str, Any]:
    return {
        "days": [day.isoformat() for day in series.days],
        "readings": _frozen_courses(series.readings),
        "parts": [
            [part.kind, part.code, part.name, _frozen_courses(part.readings)]
            for part in series.parts
        ],
    }


def _thawed_series(entry: Content | None) -> Series | None:
    if entry is None:
        return None
    return Series(
        tuple(date.fromisoformat(day) for day in entry["days"]),
        _thawed_courses(entry["readings"]),
        tuple(
            SeriesPart(kind, code, name, _thawed_courses(courses))
            for kind, code, name, courses in entry["parts"]
        ),
    )


def _frozen_courses(courses: Mapping[str, Sequence[Reading]]) -> dict[str, Any]:
    return {code: [_frozen_triple(one) for one in course] for code, course in courses.items()}


def _thawed_courses(entries: Content) -> dict[str, tuple[Reading, ...]]:
    return {
        code: tuple(_thawed_reading(triple) for triple in triples)
        for code, triples in _by_code(entries)
    }


def _frozen_table(code: str, records: Sequence[Record]) -> dict[str, Any]:
    table = TABLES[code]
    return {
        "title": table.title,
        "columns": [_frozen_column(column) for column in table.columns],
        "rows": [[record.key, *record.cells] for record in records],
    }


def _frozen_column(column: Column) -> list[str]:
    return [column.title, column.kind, *([EVENT] if column.is_event else [])]


def _shortest(number: Decimal) -> Number:
    whole = int(number)
    return whole if number == whole else number


def _frozen_number(number: Number | None) -> int | str | None:
    return f"{number:f}" if isinstance(number, Decimal) else number


def _thawed_number(number: int | str | None) -> Number | None:
    return Decimal(number) if isinstance(number, str) else number

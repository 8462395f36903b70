"""Figures as a snapshot keeps them: values of JSON, one canonical text, one fingerprint. Pure.

Decimal numbers are kept as text, because JSON's own numbers are not exact.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from beffroi.foundations.dates import format_date
from beffroi.foundations.money import format_amount, format_number

from .indicators import TABLES, Column, Record
from .indicators.tables import AMOUNT, FUNDER, NAMING, NUMERIC, TOWN_CODE
from .rules import NO_VALUE, Figure, Number, RowKey

Content = Mapping[str, Any]
_AFTER_ONE_NAME = re.compile(r"[^()]+ \(([0-9][0-9AB][0-9]{3})\)")

_WRITERS: Mapping[str, Callable[[str], str]] = {
    "date": lambda cell: format_date(date.fromisoformat(cell)),
    "€": lambda cell: format_amount(Decimal(cell), decimals=2),
    "number": lambda cell: format_number(_shortest(Decimal(cell))) if cell else NO_VALUE,
}


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


def freeze(
    *,
    as_of: date,
    territory: str,
    territory_name: str,
    figures: Iterable[Figure],
    rows: Mapping[str, Sequence[Record]],
) -> dict[str, Any]:
    """The content of a snapshot; `rows` gives the rows of each table, already in order."""
    return {
        "as_of": as_of.isoformat(),
        "territory": territory,
        "territory_name": territory_name,
        "figures": [_frozen_figure(figure) for figure in figures],
        "tables": {code: _frozen_table(code, records) for code, records in rows.items()},
    }


def fingerprint(content: Content) -> str:
    """SHA-256, in hexadecimal, of the canonical JSON of a content."""
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def canonical_json(content: Content) -> str:
    """The same text for the same values, whatever the database did to the order of the keys."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def thaw_figures(content: Content) -> tuple[Figure, ...]:
    """The figures of a content, as they were measured."""
    return tuple(_thawed_figure(entry) for entry in content["figures"])


def open_figure(content: Content, figure: Figure) -> OpenedTable:
    """The rows behind one figure, in the order of its table."""
    table, wanted = content["tables"][figure.table], set(figure.rows)
    rows = (OpenedRow(key, tuple(cells)) for key, *cells in table["rows"] if key in wanted)
    columns = tuple(Column(title, kind) for title, kind in table["columns"])
    return OpenedTable(table["title"], columns, tuple(rows))


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
    numbers = ("value", "numerator", "denominator")
    return {
        **asdict(figure),
        **{name: _frozen_number(getattr(figure, name)) for name in numbers},
        "since": figure.since.isoformat(),
        "rows": list(figure.rows),
    }


def _thawed_figure(entry: Mapping[str, Any]) -> Figure:
    numbers = ("value", "numerator", "denominator")
    return Figure(
        **{
            **entry,
            **{name: _thawed_number(entry[name]) for name in numbers},
            "since": date.fromisoformat(entry["since"]),
            "rows": tuple(entry["rows"]),
        }
    )


def _frozen_table(code: str, records: Sequence[Record]) -> dict[str, Any]:
    table = TABLES[code]
    return {
        "title": table.title,
        "columns": [[column.title, column.kind] for column in table.columns],
        "rows": [[record.key, *record.cells] for record in records],
    }


def _shortest(number: Decimal) -> Number:
    whole = int(number)
    return whole if number == whole else number


def _frozen_number(number: Number | None) -> int | str | None:
    return f"{number:f}" if isinstance(number, Decimal) else number


def _thawed_number(number: int | str | None) -> Number | None:
    return Decimal(number) if isinstance(number, str) else number

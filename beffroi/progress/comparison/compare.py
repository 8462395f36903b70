"""Find the rows that moved between two reports, and what each adds to its figure. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from ..frozen import Frozen
from ..indicators import TABLES, Column
from ..indicators.tables import AMOUNT, NAMING, TOWN, TOWN_CODE
from ..report import Report
from ..rules import EUROS, HECTARES, PERCENT, Figure, Number, RowKey, hectares
from .shapes import Cause, CellChange, Comparison, FigureChange, Kind, Movement, Side, Why

CODE = re.compile(r"\(([0-9][0-9AB][0-9]{3})\)")
SERVED = "Communes desservies"
# The column that a figure of this unit adds up; figures of other units count their rows.
_ADDED = {
    EUROS: AMOUNT,
    HECTARES: "Surface (m²)",
    "participants": "Participants",
    "habitants": "Population",
}
# Cells that the world changes without anybody having been wrong.
_PLACES = frozenset({*NAMING, SERVED})
_OF_A_DAY = frozenset({TOWN_CODE, TOWN, "Département", "Population", SERVED})

Reported = Frozen | Side | tuple[Report, Mapping[str, Any]]


def compare(before: Reported, after: Reported) -> Comparison:
    """Compare two reports, row by row; the effects of a figure's rows add up to its difference.

    Rows are those that freezing keeps. Causes are left undated: `explain` tells them.
    """
    old, new = _side(before), _side(after)
    kept: dict[str, FigureChange] = {}
    sides = _Rows(old.rows), _Rows(new.rows)
    codes = [figure.code for figure in new.report.figures]
    gone = [figure.code for figure in old.report.figures if figure.code not in set(codes)]
    for code in (*codes, *gone):
        pair = _find(old.report, code), _find(new.report, code)
        movements = tuple(_movements(pair, sides))
        kept[code] = FigureChange(*pair, movements, _twin(movements, kept.values()))
    return Comparison(old.report, new.report, tuple(kept.values()))


def _side(reported: Reported) -> Side:
    if isinstance(reported, Frozen):
        return Side.of(reported)
    return reported if isinstance(reported, Side) else Side(*reported)


def _find(report: Report, code: str) -> Figure | None:
    return next((figure for figure in report.figures if figure.code == code), None)


def _twin(movements: Sequence[Movement], earlier: Iterable[FigureChange]) -> str:
    """The first figure whose rows moved in the same way, where any moved."""
    for other in earlier if movements else ():
        if list(map(_moved, other.movements)) == list(map(_moved, movements)):
            return other.code
    return ""


def _moved(one: Movement) -> tuple[Any, ...]:
    return one.kind, one.mark, one.effect, one.changes


@dataclass(frozen=True, slots=True)
class _Opened:
    """The rows behind one figure: key → cells, in the order of their table."""

    table: str
    columns: tuple[Column, ...]
    rows: Mapping[RowKey, Sequence[str]]

    def index(self, title: str) -> int | None:
        """Where a column stands, if it stands anywhere."""
        return next((n for n, column in enumerate(self.columns) if column.title == title), None)

    @property
    def event(self) -> int | None:
        """Where the day of the event stands: as the table declares it, else its first date."""
        table = TABLES.get(self.table)
        declared = next((c.title for c in table.columns if c.is_event), "") if table else ""
        if declared and (found := self.index(declared)) is not None:
            return found
        return next((n for n, column in enumerate(self.columns) if column.kind == "date"), None)


class _Rows:
    """The frozen rows of one report, each table indexed once."""

    def __init__(self, rows: Mapping[str, Any]) -> None:
        self._rows = rows

    @cached_property
    def _tables(self) -> dict[str, dict[RowKey, list[str]]]:
        return {
            code: {key: cells for key, *cells in table["rows"]}
            for code, table in self._rows["tables"].items()
        }

    def open(self, figure: Figure | None) -> _Opened:
        """The rows behind a figure; none where the report has no such figure."""
        if figure is None:
            return _Opened("", (), {})
        table, keys = self._tables[figure.table], set(self._rows["figures"][figure.code])
        columns = tuple(Column(*column) for column in self._rows["tables"][figure.table]["columns"])
        rows = {key: cells for key, cells in table.items() if key in keys}
        return _Opened(figure.table, columns, rows)


def _movements(
    figures: tuple[Figure | None, Figure | None], sides: tuple[_Rows, _Rows]
) -> Iterator[Movement]:
    """Those that entered, then those that left, then those that changed."""
    old, new = (side.open(figure) for side, figure in zip(sides, figures, strict=True))
    adds = _adder(figures, (old, new))
    for key in new.rows:
        if key not in old.rows:
            yield _movement(Kind.ENTERED, key, new, effect=adds(None, key))
    for key in old.rows:
        if key not in new.rows:
            yield _movement(Kind.LEFT, key, old, effect=adds(key, None))
    for key, changes in _changed(old, new):
        is_change = all(change.column.title in _OF_A_DAY for change in changes)
        kind = Kind.CHANGED if is_change else Kind.CORRECTED
        yield _movement(kind, key, new, effect=adds(key, key), changes=changes)


def _changed(old: _Opened, new: _Opened) -> Iterator[tuple[RowKey, tuple[CellChange, ...]]]:
    """The rows of both whose cells differ, in the columns that both have."""
    shared = [(old.index(c.title), n, c) for n, c in enumerate(new.columns)]
    pairs = [(o, n, column) for o, n, column in shared if o is not None]
    for key, cells in new.rows.items():
        former = old.rows.get(key)
        if former is None or former == cells:
            continue
        changes = tuple(
            CellChange(column, former[o], cells[n])
            for o, n, column in pairs
            if former[o] != cells[n]
        )
        if changes:
            yield key, changes


def _movement(
    kind: Kind,
    key: RowKey,
    opened: _Opened,
    *,
    effect: Number | None,
    changes: tuple[CellChange, ...] = (),
) -> Movement:
    cells = opened.rows[key]
    event = opened.event
    return Movement(
        kind=kind,
        key=key,
        mark=cells[0] if cells else str(key),
        name=_name(opened, cells),
        places=_places(opened, cells),
        event_on=date.fromisoformat(cells[event]) if event is not None and cells[event] else None,
        event_title="" if event is None else opened.columns[event].title,
        effect=effect,
        changes=changes,
        cause=Cause(Why.UNDATED if kind in {Kind.ENTERED, Kind.LEFT} else Why.CORRECTED),
    )


def _name(opened: _Opened, cells: Sequence[str]) -> str:
    """`Dinan` for a town; the texts of another row, apart from its reference."""
    if opened.columns and opened.columns[0].title == TOWN_CODE:
        town = opened.index(TOWN)
        return cells[town] if town is not None else ""
    pairs = list(zip(opened.columns, cells, strict=True))[1:]
    return ", ".join(cell for column, cell in pairs if column.kind == "text" and cell)


def _places(opened: _Opened, cells: Sequence[str]) -> tuple[str, ...]:
    """The INSEE codes of the towns that a row names."""
    if opened.columns and opened.columns[0].title == TOWN_CODE:
        return (cells[0],)
    named = (cell for column, cell in zip(opened.columns, cells, strict=True)
             if column.title in _PLACES)  # fmt: skip
    return tuple(code for cell in named for code in CODE.findall(cell))


@dataclass(frozen=True, slots=True)
class _Adder:
    """What rows add to a figure: nothing known where they do not add up to it."""

    old: Mapping[RowKey, Number] | None
    new: Mapping[RowKey, Number] | None

    def __call__(self, before: RowKey | None, after: RowKey | None) -> Number | None:
        """The effect of a row under its keys before and after, None where it is absent."""
        if self.old is None or self.new is None:
            return None
        added = self.new[after] if after is not None else 0
        return added - (self.old[before] if before is not None else 0)


def _adder(figures: tuple[Figure | None, Figure | None], sides: tuple[_Opened, _Opened]) -> _Adder:
    """Count the rows of a figure, or add their column up, where that gives the figure itself."""
    found = [
        _quantities(figure, opened) if figure else {}
        for figure, opened in zip(figures, sides, strict=True)
    ]
    return _Adder(*found)


def _quantities(figure: Figure, opened: _Opened) -> Mapping[RowKey, Number] | None:
    total = figure.numerator if figure.unit == PERCENT else figure.value
    unit = EUROS if figure.unit == PERCENT and isinstance(total, Decimal) else figure.unit
    title = _ADDED.get(unit, "")
    index = opened.index(title) if title else None
    if title and index is None and opened.rows:
        return None
    quantities = {
        key: 1 if index is None else _quantity(cells[index], unit)
        for key, cells in opened.rows.items()
    }
    return quantities if sum(quantities.values()) == (total or 0) else None


def _quantity(cell: str, unit: str) -> Number:
    number = Decimal(cell or 0)
    if unit == EUROS:
        return number
    return hectares(number) if unit == HECTARES else int(number)

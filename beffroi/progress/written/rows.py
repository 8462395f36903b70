"""The rows behind a figure, as a reader narrows them, and as files. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from beffroi.foundations.folding import fold

from ..frozen import OpenedRow, OpenedTable
from ..indicators.tables import TOWN_CODE
from ..report import Report
from ..rules import Figure, plain_number

_NAMED_TOWN = re.compile(r"\((\d[0-9AB]\d{3})\)")
_OVERSEAS = ("97", "98")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asks of the rows; empty texts ask nothing."""

    text: str = ""
    department: str = ""

    @property
    def is_narrowed(self) -> bool:
        """True when some rows may be left out."""
        return bool(self.text or self.department)


def matching_rows(table: OpenedTable, wanted: Wanted) -> tuple[OpenedRow, ...]:
    """The rows that hold the text in a cell, and lie in the département, in their own order."""
    text = fold(wanted.text)
    return tuple(
        row
        for row in table.rows
        if (not text or any(text in fold(cell) for cell in row.cells))
        and (not wanted.department or wanted.department in _departments(table, row))
    )


def departments_among(table: OpenedTable) -> tuple[str, ...]:
    """The codes of the départements where the rows lie, in order."""
    return tuple(sorted({code for row in table.rows for code in _departments(table, row)}))


def write_rows_json(report: Report, figure: Figure, table: OpenedTable) -> str:
    """The figure and its rows, cell by cell as they were frozen or measured."""
    written = {
        "reference": report.reference,
        "as_of": report.as_of.isoformat(),
        "territory": report.territory,
        "territory_name": report.territory_name,
        "code": figure.code,
        "label": figure.label,
        "value": plain_number(figure.value, figure.unit),
        "unit": figure.unit,
        "numerator": plain_number(figure.numerator),
        "denominator": plain_number(figure.denominator),
        "definition": figure.full_definition,
        "exclusions": list(figure.exclusions),
        "version": figure.version,
        "since": figure.since.isoformat(),
        "columns": [column.title for column in table.columns],
        "rows": [list(row.cells) for row in table.rows],
    }
    return json.dumps(written, ensure_ascii=False, indent=1) + "\n"


def _departments(table: OpenedTable, row: OpenedRow) -> frozenset[str]:
    return frozenset(map(_department_of, _codes(table, row)))


def _codes(table: OpenedTable, row: OpenedRow) -> Iterator[str]:
    """The codes of towns: a column of them, or those written after names; never a number."""
    for column, cell in zip(table.columns, row.cells, strict=True):
        if column.title == TOWN_CODE:
            yield cell
        elif not column.is_number:
            yield from _NAMED_TOWN.findall(cell)


def _department_of(town_code: str) -> str:
    return town_code[:3] if town_code.startswith(_OVERSEAS) else town_code[:2]

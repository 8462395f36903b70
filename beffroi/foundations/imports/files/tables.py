"""A table of text cells, with the line each row stands on."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_BLANKS = " \t\r\n\f\v\u00a0\u202f\u2009\u200b\ufeff"


class Unreadable(Exception):
    """The file cannot be read as a table; the text says why, in French."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells in the order of the header, or the `flaw` that keeps it from being read.

    `line` is the line of the file where the row begins; the header is line 1.
    """

    line: int
    cells: tuple[str, ...]
    flaw: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its rows. `name` is the sheet's, empty for a text file."""

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    is_hidden: bool = False


def clean(cell: str) -> str:
    """The cell without outer blanks, its accents composed (a Mac writes them apart)."""
    cell = cell.strip(_BLANKS)
    return cell if cell.isascii() else unicodedata.normalize("NFC", cell)


def make_table(name: str, lines: Iterable[Row], *, is_hidden: bool = False) -> Table | None:
    """Take the first row that says something as the header; leave blank rows out."""
    header: tuple[str, ...] = ()
    rows: list[Row] = []
    for row in lines:
        if not row.flaw and not any(row.cells):
            continue
        if not header:
            header = _without_blank_end(row.cells)
        else:
            rows.append(fit(row, len(header)))
    return Table(name, header, tuple(rows), is_hidden) if header else None


def fit(row: Row, width: int) -> Row:
    """The row with as many cells as the header, or with the flaw of its other length."""
    if row.flaw or len(row.cells) == width:
        return row
    extra = row.cells[width:]
    if len(row.cells) > width and not any(extra):
        return Row(row.line, row.cells[:width])
    count = len(_without_blank_end(row.cells)) if extra else len(row.cells)
    plural = "s" if count > 1 else ""
    flaw = f"la ligne compte {count} cellule{plural}, l’en-tête {width}"
    return Row(row.line, row.cells, flaw)


def _without_blank_end(cells: Sequence[str]) -> tuple[str, ...]:
    width = len(cells)
    while width and not cells[width - 1]:
        width -= 1
    return tuple(cells[:width])

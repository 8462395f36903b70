"""Excel and ODS workbooks, their cells as text: dates in ISO, numbers without a false decimal."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import IO, Any
from xml.etree import ElementTree

from python_calamine import CalamineWorkbook

from .tables import Row, Table, Unreadable, clean, make_table

_MOST_UNPACKED = 400 * 1024 * 1024
_MOST_CELLS = 20_000_000
_REFERENCE = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_PIECE = 1 << 20
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DECIMALS = 6


def read_workbook(content: bytes) -> list[Table]:
    """Every sheet that says something; raises Unreadable."""
    try:
        if content.startswith(b"PK"):
            _refuse_bombs(content)
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            sheets = [
                (name, book.get_sheet_by_name(name).to_python(skip_empty_area=False))
                for name in book.sheet_names
            ]
    except Unreadable:
        raise
    except Exception:
        # A damaged archive fails in as many ways as zip, deflate, XML and Excel have parts.
        raise Unreadable(
            "le classeur ne s’ouvre pas : abîmé, protégé par un mot de passe ou d’un autre format"
        ) from None
    tables = (make_table(name, _rows(rows)) for name, rows in sheets)
    return [table for table in tables if table]


def cell_text(value: Any) -> str:
    """A cell as a person would write it in a text file."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        is_whole_day = not (value.hour or value.minute or value.second)
        return value.date().isoformat() if is_whole_day else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _number(value: float) -> str:
    """`1004.0` is the code 1004; sums made by a spreadsheet lose their binary dust."""
    if value.is_integer():
        return str(int(value))
    rounded = round(value, _DECIMALS)
    shortest = repr(rounded)
    return shortest if "e" not in shortest else f"{rounded:.{_DECIMALS}f}".rstrip("0").rstrip(".")


def _rows(rows: list[list[Any]]) -> Iterator[Row]:
    for line, cells in enumerate(rows, start=1):
        yield Row(line, tuple(cell_text(cell) for cell in cells))


def _refuse_bombs(content: bytes) -> None:
    """Refuse what would fill the memory: too much once unpacked, or cells worlds apart."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _MOST_UNPACKED:
            raise Unreadable("le classeur est démesuré une fois décompressé")
        for entry in archive.infolist():
            if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
                _refuse_wide_sheet(archive.open(entry))
            elif entry.filename == "content.xml":
                _refuse_repeated_cells(archive.open(entry))


def _refuse_wide_sheet(sheet: IO[bytes]) -> None:
    last_row = last_column = 0
    tail = b""
    while piece := sheet.read(_PIECE):
        for letters, digits in _REFERENCE.findall(tail + piece):
            last_row = max(last_row, int(digits))
            last_column = max(last_column, _column_number(letters))
        tail = (tail + piece)[-200:]
    _refuse_area(last_row, last_column)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _refuse_repeated_cells(content: IO[bytes]) -> None:
    """An ODS file repeats a cell by a number: count what it would become, sheet by sheet."""
    row = last_row = last_column = column = 0
    for event, element in ElementTree.iterparse(content, events=("start", "end")):  # noqa: S314
        if event == "start" and element.tag == f"{_TABLE}table":
            row = last_row = last_column = 0
        elif event == "start" and element.tag == f"{_TABLE}table-row":
            column = 0
        elif event == "end" and element.tag == f"{_TABLE}table-cell":
            column += int(element.get(f"{_TABLE}number-columns-repeated", "1"))
            if element.get(f"{_OFFICE}value-type"):
                last_column, last_row = max(last_column, column), row + 1
            element.clear()
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            repeated = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
            row += repeated
            last_row = row if last_row == row - repeated + 1 else last_row
            element.clear()
            _refuse_area(last_row, last_column)


def _refuse_area(rows: int, columns: int) -> None:
    if rows * columns > _MOST_CELLS:
        raise Unreadable("le classeur a des cellules trop éloignées les unes des autres")

"""Excel and ODS workbooks, their cells as text: dates in ISO, numbers without a false decimal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from .archives import inspect_archive
from .tables import Row, Table, Unreadable, clean, make_table

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DECIMALS = 6


def read_workbook(content: bytes) -> list[Table]:
    """Every sheet that says something; raises Unreadable."""
    _refuse_old_formats(content)
    try:
        inspect_archive(content)
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            tables = [
                _table(book.get_sheet_by_name(sheet.name), sheet.visible) for sheet in _sheets(book)
            ]
    except Unreadable:
        raise
    except Exception:
        # A damaged archive fails in as many ways as zip, deflate, XML and Excel have parts.
        raise Unreadable("le classeur ne s’ouvre pas : abîmé ou d’un autre format") from None
    return [table for table in tables if table]


def _refuse_old_formats(content: bytes) -> None:
    """Formats whose cells cannot be counted before they are opened, and those that are locked."""
    if not content.startswith(_OLE):
        return
    if _ENCRYPTED in content:
        raise Unreadable("le classeur est protégé par un mot de passe : enregistrez-le sans")
    raise Unreadable("ce classeur est à l’ancien format Excel (.xls) : enregistrez-le en .xlsx")


def _sheets(book: CalamineWorkbook) -> Iterable[Any]:
    return (sheet for sheet in book.sheets_metadata if "WorkSheet" in str(sheet.typ))


def _table(sheet: CalamineSheet, visible: SheetVisibleEnum) -> Table | None:
    is_hidden = visible != SheetVisibleEnum.Visible
    return make_table(sheet.name, _rows(sheet.iter_rows()), is_hidden=is_hidden)


def cell_text(value: Any) -> str:
    """A cell as a person would write it in a text file."""
    if isinstance(value, str):
        return clean(value.replace("\r\n", "\n") if "\r" in value else value)
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


def _rows(rows: Iterable[list[Any]]) -> Iterator[Row]:
    for line, cells in enumerate(rows, start=1):
        yield Row(line, tuple(map(cell_text, cells)))

"""From rows to a file: CSV, XLSX or ODS, a row at a time, whatever their number."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from io import TextIOWrapper
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from stream_write_ods import stream_write_ods

from .guards import guard

Cell = str | int | Decimal | date | None
Rows = Iterable[Sequence[Cell]]

_LINE_END = re.compile(r"\r\n?")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST_SHEET_NAME = 31
_TEXT_FORMAT, _DAY_FORMAT, _CENTS_FORMAT, _PLAIN_FORMAT = "@", "dd/mm/yyyy", "0.00", "0.##"
_CENTS = -2


class Format(StrEnum):
    """The formats that tables are written in; the value is the suffix of the file."""

    CSV = "csv"
    XLSX = "xlsx"
    ODS = "ods"


MIME_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.ODS: "application/vnd.oasis.opendocument.spreadsheet",
}


def trimmed(number: Decimal) -> Decimal:
    """The same number without idle decimals: `15910` for `15910.00`."""
    whole = number.to_integral_value()
    return whole if whole == number else number.normalize()


def write_table(
    out: IO[bytes], *, name: str, header: Sequence[str], rows: Rows, fmt: Format
) -> None:
    """Write a header and its rows. No text cell can start a formula, in any format.

    Texts stay texts, codes with them; days and numbers are real cells in workbooks. `name` is the
    sheet's.
    """
    _WRITERS[fmt](out, name, header, rows)


def _write_csv(out: IO[bytes], _name: str, header: Sequence[str], rows: Rows) -> None:
    """UTF-8 with its mark, semicolons, CRLF: French spreadsheets open it without a question."""
    text = TextIOWrapper(out, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_as_text(cell) for cell in row] for row in rows)
    text.detach()


def _as_text(cell: Cell) -> str:
    if isinstance(cell, str):
        return guard(_one_line_end(cell))
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", ",")
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _write_xlsx(out: IO[bytes], name: str, header: Sequence[str], rows: Rows) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:_LONGEST_SHEET_NAME])
    sheet.freeze_panes = "A2"
    sheet.append([_excel_cell(sheet, title) for title in header])
    for row in rows:
        sheet.append([_excel_cell(sheet, cell) for cell in row])
    book.save(out)


def _excel_cell(sheet: WriteOnlyWorksheet, cell: Cell) -> WriteOnlyCell | None:
    if cell is None or cell == "":
        return None
    if isinstance(cell, str):
        written = WriteOnlyCell(sheet, _xml_text(cell))
        # openpyxl would make a formula of « =… » and an error of « #N/A ».
        written.data_type = "s"
        written.number_format = _TEXT_FORMAT
        return written
    written = WriteOnlyCell(sheet, cell)
    written.number_format = _number_format(cell)
    return written


def _number_format(cell: int | Decimal | date) -> str:
    if isinstance(cell, date):
        return _DAY_FORMAT
    is_cents = isinstance(cell, Decimal) and cell.as_tuple().exponent == _CENTS
    return _CENTS_FORMAT if is_cents else _PLAIN_FORMAT


def _write_ods(out: IO[bytes], name: str, header: Sequence[str], rows: Rows) -> None:
    for piece in ods_pieces(name=name, header=header, rows=rows):
        out.write(piece)


def ods_pieces(*, name: str, header: Sequence[str], rows: Rows) -> Iterator[bytes]:
    """The bytes of an ODS workbook, while the rows are still being read."""
    cells = ([_open_cell(cell) for cell in row] for row in rows)
    yield from stream_write_ods([(name, tuple(header), cells)], encoders=_ENCODERS)


def _open_cell(cell: Cell) -> Cell:
    return (_xml_text(cell) or None) if isinstance(cell, str) else cell


_ENCODERS = (
    (str, ("string", None, None, str)),
    (int, ("float", "office:value", None, str)),
    (Decimal, ("float", "office:value", None, lambda value: f"{value:f}")),
    (date, ("date", "office:date-value", "date", date.isoformat)),
    (type(None), (None, None, None, lambda _: None)),
)


def _one_line_end(text: str) -> str:
    return _LINE_END.sub("\n", text)


def _xml_text(text: str) -> str:
    """The text without the characters that XML cannot carry."""
    return _NOT_IN_XML.sub("", _one_line_end(text))


_WRITERS: dict[Format, Callable[[IO[bytes], str, Sequence[str], Rows], None]] = {
    Format.CSV: _write_csv,
    Format.XLSX: _write_xlsx,
    Format.ODS: _write_ods,
}

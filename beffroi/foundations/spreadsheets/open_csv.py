"""CSV for machines: UTF-8, commas, a point before decimals, days as ISO 8601, no mark before it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal

from .guards import guard
from .write import Cell, Rows

_PIECE = 64 * 1024  # characters


def open_csv_pieces(*, header: Sequence[str], rows: Rows) -> Iterator[bytes]:
    """The bytes of the file, while the rows are still being read. No cell can start a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_as_text(cell) for cell in row])
        if text.tell() > _PIECE:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def _as_text(cell: Cell) -> str:
    if isinstance(cell, str):
        return guard(cell)
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return "" if cell is None else str(cell)

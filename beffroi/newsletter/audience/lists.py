"""Lists of readers in CSV files, as spreadsheets write them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from .rules import SubscriberRow

_ADDRESS_COLUMNS = {"adresse", "email", "courriel"}


class UnreadableList(Exception):
    """The file is not a list of readers; str() says why, in French."""


def read_list(file: Path) -> Iterator[SubscriberRow]:
    """The addresses of a file, each with its line (the header is line 1); blank lines are skipped.

    UTF-8 or Windows-1252, columns separated by `;`, `,` or a tabulation. Raises UnreadableList,
    OSError.
    """
    lines = _decoded(file.read_bytes()).splitlines()
    rows = csv.reader(lines, delimiter=_delimiter(lines))
    header = [name.strip().casefold() for name in next(rows, [])]
    column = _address_column(header)
    for cells in rows:
        if any(cell.strip() for cell in cells):
            yield SubscriberRow(rows.line_num, cells[column] if column < len(cells) else "")


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _delimiter(lines: list[str]) -> str:
    first = lines[0] if lines else ""
    return max(";,\t", key=first.count)


def _address_column(header: list[str]) -> int:
    """Where the address stands. An unknown column is refused: what is not used is not taken."""
    unknown = [name or "(sans nom)" for name in header if name not in _ADDRESS_COLUMNS]
    if unknown:
        raise UnreadableList(f"colonne inconnue : {', '.join(unknown)} ; attendu : adresse")
    if len(header) != 1:
        raise UnreadableList("il faut une colonne, et une seule : adresse")
    return 0

"""Text files: `;` between cells, quotes as needed, in the encodings that offices still write."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from beffroi.foundations.spreadsheets import unguard

from .tables import Row, Table, Unreadable, clean, make_table

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ACCENT_IN_UTF8 = re.compile(rb"\xc3[\x80-\xbf]|\xe2\x80[\x80-\xbf]|\xe2\x82\xac")
# The letters à â ç é è ê ù û É as a Mac of old writes them, which Windows hardly uses, and all the
# accented letters of Windows.
_MAC_LETTERS = re.compile(rb"[\x83\x88\x89\x8d\x8e\x8f\x90\x9d\x9e]")
_WINDOWS_LETTERS = re.compile(rb"[\xc0-\xff]")
_LONGEST_CELL = 50
_EXCERPT = 200


def read_delimited(content: bytes) -> list[Table]:
    """The one table of a text file; raises Unreadable."""
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Unreadable("c’est un classeur, et non un CSV : donnez-lui le suffixe .xlsx ou .ods")
    text = decode(content)
    if "\0" in text:
        raise Unreadable(
            "ce n’est pas un fichier de texte en UTF-8 : enregistrez-le en « CSV UTF-8 »"
        )
    lines = re.split(r"\r\n|\r|\n", text)
    separator = _separator(lines)
    table = make_table("", _rows(lines, separator))
    return [table] if table else []


def decode(content: bytes) -> str:
    """UTF-8 with or without a mark, UTF-16 with one, else Windows-1252; raises Unreadable."""
    if content.startswith(_UTF16):
        return _decoded(content, "utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if _ACCENT_IN_UTF8.search(content):
            line = content.count(b"\n", 0, error.start) + 1
            raise Unreadable(
                f"deux encodages sont mêlés : UTF-8, et autre chose à la ligne {line}"
            ) from None
    if len(_MAC_LETTERS.findall(content)) > len(_WINDOWS_LETTERS.findall(content)):
        raise Unreadable("encodage d’ancien Mac (Mac Roman) : enregistrez le fichier en UTF-8")
    return _decoded(content, "cp1252")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("encodage inconnu, attendu : UTF-8 ou Windows-1252") from None


def _separator(lines: list[str]) -> str:
    """`;`, unless the header has none and is clearly cut by another."""
    header = next((line for line in lines if line.strip()), "")
    if ";" in header:
        return ";"
    return next((sign for sign in "\t," if sign in header), ";")


def _rows(lines: list[str], separator: str) -> Iterator[Row]:
    """Each row with the line it begins on; a quote left open spoils its own line only."""
    index, width = 0, 0
    while index < len(lines):
        line = lines[index]
        if '"' not in line:
            row, used = Row(index + 1, _cells(line.split(separator))), 1
        else:
            row, used = _quoted(lines, index, separator, width)
        width = width or (len(row.cells) if any(row.cells) else 0)
        yield row
        index += used


def _quoted(lines: list[str], index: int, separator: str, width: int) -> tuple[Row, int]:
    """A row with quotes: on its own line, or on the next ones when a cell holds line ends."""
    for used in range(1, min(_LONGEST_CELL, len(lines) - index) + 1):
        try:
            chunk = "\n".join(lines[index : index + used])
            cells = next(csv.reader([chunk], delimiter=separator, strict=True))
        except csv.Error as error:
            if "unexpected end of data" not in str(error):
                break
        else:
            if used > 1 and width and len(cells) != width:
                break
            return Row(index + 1, _cells(cells)), used
    flaw = "guillemets mal fermés : la ligne ne se lit pas"
    return Row(index + 1, (lines[index][:_EXCERPT],), flaw), 1


def _cells(cells: list[str]) -> tuple[str, ...]:
    return tuple(unguard(clean(cell)) for cell in cells)

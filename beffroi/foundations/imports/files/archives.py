"""What a workbook's archive must not hold, looked at before anything opens it.

Every part is unpacked once, piece by piece, and thrown away: what an archive says of its own sizes
may be a lie.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import IO
from xml.etree import ElementTree

from .tables import Unreadable

_MOST_UNPACKED = 400 * 1024 * 1024
_MOST_CELLS = 10_000_000
_PIECE = 1 << 20
_LONGEST_CELL = 1 << 16
_LETTERS = 26
_DECLARATION = re.compile(rb"<\s*!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_REFERENCE = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_ADDRESS = re.compile(rb'\br="([A-Z]+[0-9]+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_STORED = re.compile(rb"<(?:\w+:)?v>[^<]")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_SAVE_IT = "ouvrez le classeur dans un tableur et enregistrez-le"


def inspect_archive(content: bytes) -> None:
    """Refuse what fills the memory, declares entities, or holds cells without a value.

    Raises Unreadable, worded in French; BadZipFile and its like where the archive is damaged.
    """
    with zipfile.ZipFile(BytesIO(content)) as archive:
        entries = archive.infolist()
        names = {entry.filename for entry in entries}
        if "xl/workbook.bin" in names:
            raise Unreadable("ce classeur est au format .xlsb : enregistrez-le en .xlsx")
        if sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
            raise Unreadable("le classeur est démesuré une fois décompressé")
        if b"encryption-data" in _read(archive, "META-INF/manifest.xml", names):
            raise Unreadable("le classeur est protégé par un mot de passe : enregistrez-le sans")
        for entry in entries:
            _inspect(archive, entry)


def _read(archive: zipfile.ZipFile, name: str, names: set[str]) -> bytes:
    return archive.read(name) if name in names else b""


def _inspect(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    look: Callable[[bytes], None] = _ignore
    if name.startswith("xl/worksheets/") and name.endswith(".xml"):
        look = SheetInspection().look
    with archive.open(entry) as part:
        _walk(part, look, is_xml=name.endswith((".xml", ".rels")))
    if name == "content.xml":
        with archive.open(entry) as part:
            _inspect_ods(part)


def _ignore(_piece: bytes) -> None:
    return None


def _walk(part: IO[bytes], look: Callable[[bytes], None], *, is_xml: bool) -> None:
    """Read a part to its end, where its checksum is verified."""
    tail = b""
    while piece := part.read(_PIECE):
        # Another encoding would hide what is looked for; office software writes UTF-8 alone.
        if is_xml and (b"\0" in piece or _DECLARATION.search(tail + piece)):
            raise Unreadable("le classeur contient des déclarations XML interdites")
        tail = piece[-64:]
        look(piece)


class SheetInspection:
    """The cells of one Excel sheet as they pass, in pieces of any size."""

    def __init__(self) -> None:
        self._rest = b""
        self._last_row = self._last_column = 0

    def look(self, piece: bytes) -> None:
        """Refuse cells worlds apart, errors, and formulas that nobody has computed."""
        text = self._rest + piece
        end = max(text.rfind(b"</c>"), text.rfind(b":c>")) + 4
        whole, self._rest = text[:end], text[end:][-_LONGEST_CELL:]
        for letters, digits in _REFERENCE.findall(whole):
            self._last_row = max(self._last_row, int(digits))
            self._last_column = max(self._last_column, _column_number(letters))
        refuse_area(self._last_row, self._last_column)
        if _FORMULA.search(whole) or b't="e"' in whole:
            _refuse_valueless(whole)


def _refuse_valueless(sheet: bytes) -> None:
    for attributes, inside in _CELL.findall(sheet):
        found = _ADDRESS.search(attributes)
        place = f"la cellule {found[1].decode()}" if found else "une cellule"
        if b't="e"' in attributes:
            raise Unreadable(f"{place} contient une erreur de calcul : corrigez-la ou videz-la")
        is_empty_text = b't="str"' in attributes
        if _FORMULA.search(inside) and not _STORED.search(inside) and not is_empty_text:
            raise Unreadable(f"{place} contient une formule sans résultat : {_SAVE_IT}")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - 64
    return number


def _inspect_ods(content: IO[bytes]) -> None:
    """An ODS file repeats a cell by a number: count what it would become, sheet by sheet."""
    row = last_row = last_column = column = 0
    for event, element in ElementTree.iterparse(content, events=("start", "end")):  # noqa: S314
        if event == "start" and element.tag == f"{_TABLE}table":
            row = last_row = last_column = 0
        elif event == "start" and element.tag == f"{_TABLE}table-row":
            column = 0
        elif event == "end" and element.tag == f"{_TABLE}table-cell":
            column += int(element.get(f"{_TABLE}number-columns-repeated", "1"))
            kind = element.get(f"{_OFFICE}value-type")
            if kind:
                last_column, last_row = max(last_column, column), row + 1
            elif element.get(f"{_TABLE}formula"):
                raise Unreadable(
                    f"la ligne {row + 1} contient une formule sans résultat : {_SAVE_IT}"
                )
            element.clear()
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            repeated = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
            row += repeated
            last_row = row if last_row == row - repeated + 1 else last_row
            element.clear()
            refuse_area(last_row, last_column)


def refuse_area(rows: int, columns: int) -> None:
    """Raises Unreadable when the cells between the first and the last are too many to hold."""
    if rows * columns > _MOST_CELLS:
        raise Unreadable("le classeur a des cellules trop éloignées les unes des autres")

"""Each row of a file: taken as a record, seen before, or refused."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from beffroi.foundations.imports.cells import CellRemark, Cells
from beffroi.foundations.imports.declarations import Document
from beffroi.foundations.imports.files import Row
from beffroi.foundations.imports.intake import Received
from beffroi.foundations.imports.places import Places

_EXCERPT = 200


@dataclass(frozen=True)
class Refused:
    """A row that cannot be taken, with each of its faults."""

    row: Row
    faults: tuple[CellRemark, ...]


@dataclass
class Sorted:
    """The rows of one file, apart."""

    file: Received
    records: list[Any] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    duplicates: list[tuple[Row, CellRemark]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    notes: list[tuple[Row, CellRemark]] = field(default_factory=list)


@dataclass(frozen=True)
class _Seen:
    file: str
    row: Row
    content: Any
    values: dict[str, str]

    def place(self, file: str) -> str:
        where = f"la ligne {self.row.line}"
        return where if self.file == file else f"{where} de {self.file}"


class Sorter:
    """Sorts the rows of all the files of one import: a key counts once over all of them."""

    def __init__(self, *, places: Places, today: date) -> None:
        self._places = places
        self._today = today
        self._keys: dict[tuple[str, Hashable], _Seen] = {}
        self._documents: dict[tuple[str, Hashable], _Seen] = {}

    def sort(self, file: Received) -> Sorted:
        """Read every row of a file, in order."""
        result = Sorted(file)
        read = file.declared.open()
        for row in file.table.rows:
            if row.flaw:
                raw = ";".join(row.cells)[:_EXCERPT]
                result.refused.append(Refused(row, (CellRemark("", raw, row.flaw),)))
                continue
            cells = Cells(file.values(row), places=self._places, today=self._today)
            record = read(cells)
            if cells.refusals:
                result.refused.append(Refused(row, tuple(cells.refusals)))
            else:
                result.notes += [(row, note) for note in cells.notes]
                self._place(result, row, record)
        return result

    def _place(self, result: Sorted, row: Row, record: Any) -> None:
        """Take a record unless an earlier row already gave its key, or contradicts it."""
        file = result.file
        values = file.values(row)
        here = _Seen(file.name, row, record, values)
        document = file.declared.document(record)
        fault = self._contradiction(here, file, document)
        key = (file.declared.name, file.declared.key(record))
        first = self._keys.get(key)
        if fault is None and first is not None:
            if first.content == record:
                reason = f"déjà donné à {first.place(file.name)}, compté une fois"
                column = file.declared.key_column
                result.duplicates.append((row, CellRemark(column, values[column], reason)))
                return
            if self._merge(result, first, here):
                return
            fault = _other_content(first, here, file)
        if fault is not None:
            result.refused.append(Refused(row, (fault,)))
            return
        self._keys[key] = here
        result.records.append(record)
        result.rows.append(row)

    def _merge(self, result: Sorted, first: _Seen, here: _Seen) -> bool:
        """Complete the record of an earlier row of the same file, where both rows may be true."""
        declared = result.file.declared
        merged = declared.merge(first.content, here.content)
        if merged is None or first.file != here.file:
            return False
        result.records[result.rows.index(first.row)] = merged
        self._keys[declared.name, declared.key(merged)] = replace(first, content=merged)
        reason = (
            f"même commune que {first.place(here.file)}, sous un autre code : "
            "les deux lignes n'en font qu'une"
        )
        column = declared.key_column
        result.duplicates.append((here.row, CellRemark(column, here.values[column], reason)))
        return True

    def _contradiction(
        self, here: _Seen, file: Received, document: Document | None
    ) -> CellRemark | None:
        """The column in which a row says otherwise than an earlier one of the same document."""
        if document is None:
            return None
        seen = _Seen(here.file, here.row, document.says, here.values)
        first = self._documents.setdefault((file.declared.name, document.key), seen)
        for column, said in document.says.items():
            if first.content[column] != said:
                reason = (
                    f"contredit {first.place(file.name)}, qui donne "
                    f"« {first.values[column]} » pour le même {file.declared.key_column}"
                )
                return CellRemark(column, here.values[column], reason)
        return None


def _other_content(first: _Seen, here: _Seen, file: Received) -> CellRemark:
    column = file.declared.key_column
    differing = [name for name, value in here.values.items() if first.values[name] != value]
    reason = f"déjà donné à {first.place(file.name)} avec un autre contenu ({', '.join(differing)})"
    return CellRemark(column, here.values[column], reason)

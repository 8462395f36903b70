"""Each row of a file: taken as a record, seen before, or refused."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from beffroi.foundations.imports.bounds import OUTSIDE, Reach
from beffroi.foundations.imports.cells import CellRemark, Cells
from beffroi.foundations.imports.declarations import Document
from beffroi.foundations.imports.files import Row
from beffroi.foundations.imports.intake import Received
from beffroi.foundations.imports.places import Places

_EXCERPT = 200


@dataclass(frozen=True)
class Refused:
    """A row that cannot be taken, with each of its faults, and the town it speaks of where this
    can be read. `is_contradicted` when another row says otherwise: taken alone, it would pass."""

    row: Row
    faults: tuple[CellRemark, ...]
    town_id: int | None = None
    is_contradicted: bool = False


@dataclass
class Sorted:
    """The rows of one file, apart."""

    file: Received
    records: list[Any] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    duplicates: list[tuple[Row, CellRemark]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    notes: list[tuple[Row, CellRemark]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Seen:
    result: Sorted
    row: Row
    content: Any

    @property
    def values(self) -> dict[str, str]:
        """The cells by column, read again for the few rows that must be told apart."""
        return self.result.file.values(self.row)

    def place(self, file: str) -> str:
        where = f"la ligne {self.row.line}"
        return where if self.result.file.name == file else f"{where} de {self.result.file.name}"


class Sorter:
    """Sorts the rows of all the files of one import: a key counts once over all of them."""

    def __init__(self, *, places: Places, today: date, reach: Reach) -> None:
        self._places = places
        self._today = today
        self._reach = reach
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
            if not cells.refusals:
                self._keep_within(cells, file, record)
            if cells.refusals:
                result.refused.append(Refused(row, tuple(cells.refusals), cells.named_town))
            else:
                result.notes += [(row, note) for note in cells.notes]
                self._place(result, row, record, cells.named_town)
        self._leave_to_others(result)
        return result

    def _keep_within(self, cells: Cells, file: Received, record: Any) -> None:
        """Refuse a row that names a town, or a funder, of somebody else."""
        bounds = file.declared.bounds
        refusal = self._reach.refusal(bounds, record)
        if refusal:
            cells.refuse(bounds.column if bounds else file.declared.key_column, refusal)

    def _leave_to_others(self, result: Sorted) -> None:
        """Refuse the rows whose key is, in the register, that of somebody else."""
        declared = result.file.declared
        bounds = declared.bounds
        elsewhere = self._reach.held_elsewhere(bounds, result.records)
        if not elsewhere or bounds is None or bounds.held is None:
            return
        reason = f"{OUTSIDE} : le registre a déjà cette référence pour un autre territoire"
        kept = []
        for row, record in zip(result.rows, result.records, strict=True):
            if bounds.held.of(record) in elsewhere:
                value = result.file.values(row)[declared.key_column]
                fault = CellRemark(declared.key_column, value, reason)
                town_id = bounds.town(record) if bounds.town else None
                result.refused.append(Refused(row, (fault,), town_id))
            else:
                kept.append((row, record))
        result.rows = [row for row, _ in kept]
        result.records = [record for _, record in kept]

    def _place(self, result: Sorted, row: Row, record: Any, town_id: int | None) -> None:
        """Take a record unless an earlier row already gave its key, or contradicts it."""
        file = result.file
        here = _Seen(result, row, record)
        document = file.declared.document(record)
        fault = self._contradiction(here, file, document)
        key = (file.declared.name, file.declared.key(record))
        first = self._keys.get(key)
        if fault is None and first is not None:
            if first.content == record:
                reason = f"déjà donné à {first.place(file.name)}, compté une fois"
                column = file.declared.key_column
                result.duplicates.append((row, CellRemark(column, here.values[column], reason)))
                return
            if self._merge(first, here):
                return
            fault = _other_content(first, here, file)
        if fault is not None:
            result.refused.append(Refused(row, (fault,), town_id, is_contradicted=True))
            return
        self._keys[key] = here
        result.records.append(record)
        result.rows.append(row)

    def _merge(self, first: _Seen, here: _Seen) -> bool:
        """Complete the record of an earlier row, of this file or of another one of the same import,
        where both rows may be true."""
        declared = here.result.file.declared
        merged = declared.merge(first.content, here.content)
        if merged is None:
            return False
        taken = first.result
        taken.records[taken.rows.index(first.row)] = merged
        self._keys[declared.name, declared.key(merged)] = replace(first, content=merged)
        reason = (
            f"même commune que {first.place(here.result.file.name)}, sous un autre code : "
            "les deux lignes n’en font qu’une"
        )
        column = declared.key_column
        here.result.duplicates.append((here.row, CellRemark(column, here.values[column], reason)))
        return True

    def _contradiction(
        self, here: _Seen, file: Received, document: Document | None
    ) -> CellRemark | None:
        """The column in which a row says otherwise than an earlier one of the same document."""
        if document is None:
            return None
        seen = replace(here, content=document.says)
        first = self._documents.setdefault((file.declared.name, document.key), seen)
        for column, said in document.says.items():
            if first.content[column] != said:
                reason = (
                    f"contredit {first.place(file.name)}, qui donne "
                    f"« {first.values[column]} » pour le même {file.declared.key_column} : "
                    "gardez la bonne valeur sur toutes les lignes"
                )
                return CellRemark(column, here.values[column], reason)
        return None


def _other_content(first: _Seen, here: _Seen, file: Received) -> CellRemark:
    column = file.declared.key_column
    differing = [name for name, value in here.values.items() if first.values[name] != value]
    reason = (
        f"déjà donné à {first.place(file.name)} avec un autre contenu ({', '.join(differing)}) : "
        "gardez une seule des deux lignes"
    )
    return CellRemark(column, here.values[column], reason)

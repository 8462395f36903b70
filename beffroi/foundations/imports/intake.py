"""From paths to recognised tables: which files are there, and what each of them is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beffroi.foundations.imports.declarations import FollowUpFile
from beffroi.foundations.imports.files import (
    FileContent,
    Row,
    Table,
    Unreadable,
    is_table,
    read_file,
)
from beffroi.foundations.imports.filling_in import OWN_SHEETS
from beffroi.foundations.imports.report import Remark, Report
from beffroi.foundations.imports.rules import Recognition, recognise, repeated

Declared = Mapping[str, FollowUpFile[Any]]


@dataclass(frozen=True)
class Received:
    """A file that is understood: what it is, and where each declared column stands."""

    name: str
    sha256: str
    declared: FollowUpFile[Any]
    table: Table
    positions: Mapping[str, int]

    def values(self, row: Row) -> dict[str, str]:
        """The cells of a row by declared column."""
        return {column: row.cells[position] for column, position in self.positions.items()}

    def raw(self, row: Row) -> dict[str, str]:
        """Every cell of a row by its own header, extra ones too."""
        return {
            (self.table.header[i] if i < len(self.table.header) else f"colonne {i + 1}"): cell
            for i, cell in enumerate(row.cells)
        }


def receive(path: Path, *, declared: Declared, report: Report) -> list[Received]:
    """Read a file, or the tables of a folder, and recognise each; the rest goes to the report.

    The result is in the order of import.
    """
    received = [_receive_file(file, declared, report) for file in _tables_at(path, report)]
    order = list(declared)
    understood = [file for file in received if file]
    return sorted(understood, key=lambda file: (order.index(file.declared.name), file.name))


def _tables_at(path: Path, report: Report) -> list[Path]:
    if not path.is_dir():
        return [path]
    inside = sorted(path.iterdir())
    tables = [file for file in inside if file.is_file() and is_table(file)]
    report.ignored += [file.name for file in inside if file not in tables]
    if not tables:
        reason = "le dossier ne contient aucun fichier CSV, Excel ou ODS"
        report.refuse_file(Remark(path.name or str(path), 1, "", "", reason))
    return tables


def _receive_file(path: Path, declared: Declared, report: Report) -> Received | None:
    report.open_file(path.name)
    try:
        content = read_file(path)
    except Unreadable as unreadable:
        report.refuse_file(Remark(path.name, 1, "", "", str(unreadable)))
        return None
    found = _recognised_table(path.name, content, declared, report)
    if found is None:
        return None
    table, recognition = found
    refusals = list(_refusals(path.name, table, recognition))
    for refusal in refusals:
        report.refuse_file(refusal)
    if refusals:
        return None
    _note_extra(path.name, recognition, report)
    where = {name.casefold(): i for i, name in enumerate(table.header)}
    file = declared[recognition.name]
    if not table.rows:
        reason = "le fichier n’a que son en-tête : il n’y a rien à reprendre"
        report.notes.append(Remark(path.name, 1, "", "", reason))
    positions = {column: where[column.casefold()] for column in file.columns}
    return Received(path.name, content.sha256, file, table, positions)


def _recognised_table(
    name: str, content: FileContent, declared: Declared, report: Report
) -> tuple[Table, Recognition] | None:
    """The one table of the file that is understood; a workbook may hold other sheets, which are
    said, but not two that are understood."""
    columns = {file.name: file.columns for file in declared.values()}
    tables = _tables_to_read(name, content, report)
    found = [(table, recognise(table.header, columns)) for table in tables]
    known = [(table, recognition) for table, recognition in found if recognition.name]
    if len(known) == 1:
        for table in tables:
            if table is not known[0][0]:
                reason = "feuille non comprise, laissée de côté"
                report.notes.append(Remark(name, 1, "", table.name, reason))
        return known[0]
    header = ";".join(tables[0].header)
    if known:
        sheets = ", ".join(f"« {table.name} »" for table, _ in known)
        reason = f"plusieurs feuilles de suivi dans le même classeur : {sheets}"
    else:
        reason = "fichier non compris : ses colonnes ne sont celles d’aucun fichier de suivi"
    report.refuse_file(Remark(name, 1, "", header, reason))
    return None


def _tables_to_read(name: str, content: FileContent, report: Report) -> list[Table]:
    """All but what templates explain themselves with, and hidden sheets, which nobody sees: both
    only beside others."""
    tables = [table for table in content.tables if table.name not in OWN_SHEETS]
    shown = [table for table in tables if not table.is_hidden]
    if not shown:
        return list(content.tables)
    for table in tables:
        if table.is_hidden:
            reason = "feuille masquée, laissée de côté"
            report.notes.append(Remark(name, 1, "", table.name, reason))
    return shown


def _refusals(name: str, table: Table, recognition: Recognition) -> Iterable[Remark]:
    header = ";".join(table.header)
    for column in recognition.missing:
        reason = f"la colonne « {column} » manque au fichier « {recognition.name} »"
        if recognition.extra:
            reason += f" (colonnes inconnues : {', '.join(recognition.extra)})"
        yield Remark(name, 1, column, header, reason)
    for column in repeated(table.header):
        yield Remark(name, 1, column, header, f"la colonne « {column} » vient deux fois")


def _note_extra(name: str, recognition: Recognition, report: Report) -> None:
    for column in recognition.extra:
        report.notes.append(Remark(name, 1, column, column, "colonne inconnue, non reprise"))

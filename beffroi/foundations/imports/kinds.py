"""Which follow-up file a refused row came in, and its cells by the columns of that file."""

from __future__ import annotations

from typing import Any

from beffroi.foundations.imports.declarations import FollowUpFile, follow_up_files
from beffroi.foundations.imports.models import RefusedRow
from beffroi.foundations.imports.rules import recognise


def kind_of(row: RefusedRow) -> FollowUpFile[Any] | None:
    """The declared file of a row; by its columns where it was kept before kinds were."""
    declared = follow_up_files()
    if row.kind:
        return declared.get(row.kind)
    columns = {file.name: file.columns for file in declared.values()}
    found = recognise([column for column, _ in row.raw], columns)
    return declared.get(found.name)


def cells_of(row: RefusedRow, declared: FollowUpFile[Any]) -> dict[str, str]:
    """The cells as received, by declared column; empty where the row was cut short."""
    received = {column.casefold(): text for column, text in row.raw}
    return {column: received.get(column.casefold(), "") for column in declared.columns}

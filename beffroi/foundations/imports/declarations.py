"""The files that the rooms declare, each in its own `follow_up.py`."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.imports.bounds import Bounds
from beffroi.foundations.imports.cells import CellRemark, Cells
from beffroi.foundations.imports.changes import RowChange
from beffroi.foundations.imports.columns import Column
from beffroi.foundations.imports.files import Cell
from beffroi.foundations.imports.outgoing import OutgoingPlaces
from beffroi.foundations.mandates.queries import Scope

R = TypeVar("R")


def _no_document(_record: Any) -> None:
    return None


def _no_merge(_first: Any, _other: Any) -> None:
    return None


def _no_remarks(_records: Sequence[Any]) -> Mapping[int, CellRemark]:
    return {}


@dataclass(frozen=True)
class Document:
    """What several rows say of one document: they must agree. `says` is by column."""

    key: Hashable
    says: Mapping[str, Any]


@dataclass(frozen=True)
class FollowUpFile(Generic[R]):
    """One kind of file: recognised by `columns`, read row by row into records, written in bulk.

    `described` says what each column holds, in the order in which files are written. `export`
    gives the rows within a person's reach, cells in that order: what comes out goes in unchanged.
    `open` gives the reader of one import's rows, so that what it looks up is loaded once. `key`
    is what a record is known by, and `key_column` where a person finds it. `write` gives what it
    did to each record, in order, with the cells that change (see `changes.py`); it is told who
    imports, and when. `document` is for files with
    several rows per document.
    `merge` makes one record of two that say different things of one key, where both may be true
    (two towns that became one), and None where one of them must be wrong.
    `bounds` says whose rows they are; without it, the file is for a national reach alone.
    `remarks` compares records with what is known before they are written, by their position.
    """

    name: str
    label: str
    order: int
    described: tuple[Column, ...]
    key_column: str
    open: Callable[[], Callable[[Cells], R]]
    key: Callable[[R], Hashable]
    write: Callable[[Sequence[R], Authorship], Sequence[RowChange]]
    export: Callable[[Scope, OutgoingPlaces], Iterator[tuple[Cell, ...]]]
    document: Callable[[R], Document | None] = field(default=_no_document)
    merge: Callable[[R, R], R | None] = field(default=_no_merge)
    remarks: Callable[[Sequence[R]], Mapping[int, CellRemark]] = field(default=_no_remarks)
    bounds: Bounds[R] | None = None
    needs_towns: bool = True
    needs_intercommunalities: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.described)


_declared: dict[str, FollowUpFile[Any]] = {}


def register(*files: FollowUpFile[Any]) -> None:
    """Make files known; called from the `follow_up.py` of a room."""
    for file in files:
        _declared[file.name] = file


def follow_up_files() -> Mapping[str, FollowUpFile[Any]]:
    """Every declared file by name, in the order in which they are imported."""
    return dict(sorted(_declared.items(), key=lambda item: item[1].order))

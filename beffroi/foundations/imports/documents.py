"""Files with several rows per document: rows to documents, and back to what became of each row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from beffroi.foundations.imports.changes import RowChange, Shown, Told, row_changes
from beffroi.foundations.upsert import Change

R = TypeVar("R")
K = TypeVar("K", bound=Hashable)


class ToldDocument(Told, Protocol):
    """What an action did to a document, and the towns that are new to it."""

    @property
    def new_town_ids(self) -> Collection[int]: ...


def group_by(rows: Sequence[R], key: Callable[[R], K]) -> dict[K, list[R]]:
    """The rows of each document, in the order of the file."""
    documents: dict[K, list[R]] = {}
    for row in rows:
        documents.setdefault(key(row), []).append(row)
    return documents


def changes_by_row(
    rows: Iterable[tuple[ToldDocument, int]], shown: Mapping[str, Shown]
) -> list[RowChange]:
    """What became of each row, from what was done to its document and the row's own town: a row
    whose town is new is created, else it shares its document's change. The cells that changed are
    told on each row of the document, as each row of the file repeats them."""
    pairs = list(rows)
    changes = row_changes([document for document, _ in pairs], shown)
    return [
        replace(change, change=Change.CREATED) if town_id in document.new_town_ids else change
        for change, (document, town_id) in zip(changes, pairs, strict=True)
    ]

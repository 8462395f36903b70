"""Files with several rows per document: rows to documents, and back to what became of each row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from typing import TypeVar

from beffroi.foundations.upsert import Change

R = TypeVar("R")
K = TypeVar("K", bound=Hashable)


def group_by(rows: Sequence[R], key: Callable[[R], K]) -> dict[K, list[R]]:
    """The rows of each document, in the order of the file."""
    documents: dict[K, list[R]] = {}
    for row in rows:
        documents.setdefault(key(row), []).append(row)
    return documents


def changes_by_row(rows: Iterable[tuple[Change, Collection[int], int]]) -> list[Change]:
    """What became of each row, from the change of its document, the towns new to it, and the row's
    own town: a row whose town is new is created, else it shares its document's change."""
    return [
        Change.CREATED if town_id in new_town_ids else change
        for change, new_town_ids, town_id in rows
    ]

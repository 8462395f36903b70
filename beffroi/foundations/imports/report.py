"""What an import did, or would do: counts, changes, refusals, notes, nothing left out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any, NamedTuple


class Outcome(StrEnum):
    """How a row ends."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Remark:
    """One cell that is refused or noted. `column` is empty when the whole row or file is."""

    file: str
    line: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell of the register that changes, as a person reads it; empty for nothing."""

    file: str
    line: int
    column: str
    old: str
    new: str


class EndedRow(NamedTuple):
    """How one row ends. `key` is what its file knows it by; line 0 stands for the whole file."""

    file: str
    line: int
    outcome: Outcome
    key: str


@dataclass
class Report:
    """The outcome of every row of every file."""

    files: dict[str, dict[str, int]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    rows: list[EndedRow] = field(default_factory=list)
    changes: list[CellChange] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    refused_files: list[str] = field(default_factory=list)
    is_written: bool = False

    def open_file(self, name: str) -> None:
        """Give a file its counts, all zero."""
        self.files.setdefault(name, dict.fromkeys(map(str, Outcome), 0))

    def end_row(self, file: str, line: int, outcome: Outcome, key: str = "") -> None:
        """One more row of the file ended so."""
        self.open_file(file)
        self.files[file][outcome] += 1
        self.rows.append(EndedRow(file, line, outcome, key))

    def refuse_file(self, remark: Remark) -> None:
        """The whole file is refused, once, whatever the number of reasons."""
        if remark.file not in self.refused_files:
            self.refused_files.append(remark.file)
            self.end_row(remark.file, 0, Outcome.REFUSED)
        self.refused.append(remark)

    @property
    def has_refusals(self) -> bool:
        return bool(self.refused)

    @property
    def writes(self) -> int:
        """How many rows are created or updated."""
        return sum(
            counts[Outcome.CREATED] + counts[Outcome.UPDATED] for counts in self.files.values()
        )

    @property
    def fingerprint(self) -> str:
        """What a person agrees to when they read this report: the same only for the same rows
        ending in the same way with the same changes and the same refusals."""
        told = [self.rows, _listed(self.changes), _listed(self.refused)]
        return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """The machine-readable report."""
        return {
            "files": self.files,
            "changes": [asdict(change) for change in self.changes],
            "refused": [asdict(remark) for remark in self.refused],
            "notes": [asdict(remark) for remark in self.notes],
            "ignored": self.ignored,
            "written": self.is_written,
        }


def _listed(told: Iterable[CellChange | Remark]) -> list[list[Any]]:
    return [list(asdict(one).values()) for one in told]

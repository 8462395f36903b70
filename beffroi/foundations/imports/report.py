"""What an import did, or would do: counts, refusals, notes, nothing left out."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


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


@dataclass
class Report:
    """The outcome of every row of every file."""

    files: dict[str, dict[str, int]] = field(default_factory=dict)
    refused: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    refused_files: list[str] = field(default_factory=list)
    is_written: bool = False

    def open_file(self, name: str) -> None:
        """Give a file its counts, all zero."""
        self.files.setdefault(name, dict.fromkeys(map(str, Outcome), 0))

    def count(self, file: str, outcome: Outcome) -> None:
        """One more row of the file ended so."""
        self.open_file(file)
        self.files[file][outcome] += 1

    def refuse_file(self, remark: Remark) -> None:
        """The whole file is refused, once, whatever the number of reasons."""
        if remark.file not in self.refused_files:
            self.refused_files.append(remark.file)
            self.count(remark.file, Outcome.REFUSED)
        self.refused.append(remark)

    @property
    def has_refusals(self) -> bool:
        return bool(self.refused)

    def as_json(self) -> dict[str, Any]:
        """The machine-readable report."""
        return {
            "files": self.files,
            "refused": [asdict(remark) for remark in self.refused],
            "notes": [asdict(remark) for remark in self.notes],
            "ignored": self.ignored,
            "written": self.is_written,
        }

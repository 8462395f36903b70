"""The file of levels of centrality: `insee_com, lib_com, niveau_centralite`."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from beffroi.foundations.folding import fold

from .models import CentralityLevel

CODE, NAME, LEVEL = "insee_com", "lib_com", "niveau_centralite"
_LEVELS = {fold(label): CentralityLevel(value) for value, label in CentralityLevel.choices} | {
    "communesnoncentre": CentralityLevel.NONE
}
_UNDEFINED = {"", "undefined", "nondefini", "na", "nd"}
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")


class UnreadableCentrality(Exception):
    """The file is missing or has not the expected columns; the text says why, in French."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"Fichier de centralité illisible\u00a0: {path.name} ({reason}).")


@dataclass(frozen=True, slots=True)
class CentralityRow:
    """A line of the file, as written; the header is line 1."""

    line: int
    code: str
    name: str
    level: str

    def read_level(self) -> CentralityLevel | None:
        """The level, or None where the study gives none. Raises KeyError for an unknown one."""
        folded = fold(self.level)
        return None if folded in _UNDEFINED else _LEVELS[folded]


def read_centrality(path: Path) -> list[CentralityRow]:
    """Read every line, comma or semicolon between the columns. Raises UnreadableCentrality."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = file.readline()
            file.seek(0)
            delimiter = ";" if header.count(";") > header.count(",") else ","
            rows = csv.DictReader(file, delimiter=delimiter)
            missing = [name for name in (CODE, LEVEL) if name not in (rows.fieldnames or ())]
            if missing:
                reason = f"colonnes absentes\u00a0: {', '.join(missing)}"
                raise UnreadableCentrality(path, reason)
            return [
                CentralityRow(
                    rows.line_num,
                    (row[CODE] or "").strip(),
                    (row.get(NAME) or "").strip(),
                    (row[LEVEL] or "").strip(),
                )
                for row in rows
            ]
    except UnicodeDecodeError as error:
        raise UnreadableCentrality(path, "le fichier n’est pas en UTF-8") from error
    except (OSError, csv.Error) as error:
        raise UnreadableCentrality(path, str(error)) from error


def year_in_name(path: Path) -> date | None:
    """January 1st of the year that the file's name tells, if it tells one."""
    match = _YEAR.search(path.stem)
    return date(int(match[1]), 1, 1) if match else None

"""INSEE's file of the events that befell communes since 1943 (CSV)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from .cog_packages import CogRefused
from .rules import Movement

COLUMNS = (
    "DATE_EFF",
    "MOD",
    "TYPECOM_AV",
    "COM_AV",
    "LIBELLE_AV",
    "TYPECOM_AP",
    "COM_AP",
    "LIBELLE_AP",
)


class UnreadableMovements(CogRefused):
    """The file is missing, or not INSEE's; the text says where, in French."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"Fichier des mouvements illisible\u00a0: {path} ({reason}).")


def read_movements(path: Path) -> list[Movement]:
    """Read every line. Raises UnreadableMovements, with the line where it is known."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(_movements(path, csv.DictReader(file)))
    except UnicodeDecodeError as error:
        raise UnreadableMovements(path, "le fichier n’est pas en UTF-8") from error
    except OSError as error:
        raise UnreadableMovements(path, "fichier absent") from error
    except csv.Error as error:
        raise UnreadableMovements(path, f"CSV mal formé\u00a0: {error}") from error


def _movements(path: Path, rows: csv.DictReader[str]) -> Iterator[Movement]:
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise UnreadableMovements(path, f"colonnes absentes\u00a0: {', '.join(missing)}")
    for row in rows:
        day, kind, *rest = (row[name] or "" for name in COLUMNS)
        try:
            movement = Movement(date.fromisoformat(day), int(kind), *rest)
        except ValueError as error:
            where = f"ligne {rows.line_num}\u00a0: date ou type d’événement illisible"
            raise UnreadableMovements(path, where) from error
        if not movement.code_before and not movement.code_after:
            raise UnreadableMovements(path, f"ligne {rows.line_num}\u00a0: aucun code commune")
        yield movement

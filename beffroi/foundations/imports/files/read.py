"""From a path to its tables."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path

from .delimited import read_delimited
from .tables import Table, Unreadable
from .workbooks import read_workbook

MAX_BYTES = 50 * 1024 * 1024
_TEXT = frozenset({".csv"})
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
SUFFIXES = _TEXT | _WORKBOOKS


@dataclass(frozen=True, slots=True)
class FileContent:
    """The tables of a file that say something, and the fingerprint of its bytes."""

    tables: tuple[Table, ...]
    sha256: str


def is_table(path: Path) -> bool:
    """True for a text table or a workbook; not for the lock files that office software leaves."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$"))


def read_file(path: Path) -> FileContent:
    """Read every table of a file; raises Unreadable, worded in French."""
    content = _bytes(path)
    read = read_delimited if path.suffix.lower() in _TEXT else read_workbook
    tables = read(content)
    if not tables:
        raise Unreadable("le fichier est vide")
    return FileContent(tuple(tables), hashlib.sha256(content).hexdigest())


def _bytes(path: Path) -> bytes:
    if path.suffix.lower() not in SUFFIXES:
        raise Unreadable(
            f"ce genre de fichier n’est pas lu, attendu : {', '.join(sorted(SUFFIXES))}"
        )
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise Unreadable("ce n’est pas un fichier")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise Unreadable("le fichier n’est plus là") from None
    except PermissionError:
        raise Unreadable("la lecture du fichier est interdite") from None
    except OSError:
        raise Unreadable("le fichier ne se lit pas : le disque a répondu par une erreur") from None
    if len(content) > MAX_BYTES:
        raise Unreadable(f"le fichier dépasse {MAX_BYTES // 1024**2} Mo : partagez-le en plusieurs")
    return content

"""The files of an import on the desk, from their arrival to its end.

They lie under `var/reprises/`, apart from what the site serves: no address leads to one.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import UploadedFile

from beffroi.foundations.imports.models import ImportRun

KEPT_DAYS = 7


def _arrivals() -> FileSystemStorage:
    return FileSystemStorage(location=settings.BEFFROI_VAR / "reprises")


def keep_files(run: ImportRun, uploads: Sequence[UploadedFile[Any]]) -> None:
    """Keep what a person brought, under names that carry nothing of theirs."""
    storage = _arrivals()
    for position, upload in enumerate(uploads):
        storage.save(_stored(run, position), upload)


@contextmanager
def files_of(run: ImportRun) -> Iterator[Path]:
    """A folder that holds the files under their own names, while they are read."""
    storage = _arrivals()
    with tempfile.TemporaryDirectory(prefix="beffroi-") as folder:
        for position, name in enumerate(run.files):
            with storage.open(_stored(run, position)) as kept:
                _copy(kept, Path(folder) / name)
        yield Path(folder)


def _copy(kept: IO[bytes], path: Path) -> None:
    with path.open("wb") as copy:
        shutil.copyfileobj(kept, copy)


def forget_files(run: ImportRun) -> None:
    """Delete them; nothing to do when they are gone."""
    storage = _arrivals()
    for position, _ in enumerate(run.files):
        storage.delete(_stored(run, position))
    if storage.exists(str(run.uid)):
        storage.delete(str(run.uid))


def _stored(run: ImportRun, position: int) -> str:
    return f"{run.uid}/{position}"

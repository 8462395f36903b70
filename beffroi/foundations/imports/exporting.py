"""From the register to files: one follow-up file, or all of them, within a person's reach."""

from __future__ import annotations

import zipfile
from collections.abc import Collection
from datetime import date
from typing import IO, Any

from beffroi.foundations.imports.declarations import FollowUpFile, follow_up_files
from beffroi.foundations.imports.files import Format, write_table
from beffroi.foundations.imports.outgoing import OutgoingPlaces
from beffroi.foundations.mandates.queries import Scope


def file_name(declared: FollowUpFile[Any], fmt: Format) -> str:
    """`missions.xlsx`."""
    return f"{declared.name}.{fmt}"


def export_file(
    out: IO[bytes],
    *,
    declared: FollowUpFile[Any],
    scope: Scope,
    places: OutgoingPlaces,
    fmt: Format,
) -> None:
    """Write the rows of one follow-up file that a scope reaches; what comes out goes in unchanged.

    What the file has no column for stays in the register and is not touched by an import.
    """
    rows = declared.export(scope, places)
    write_table(out, name=declared.name, header=declared.columns, rows=rows, fmt=fmt)


def export_archive(
    out: IO[bytes],
    *,
    scope: Scope,
    today: date,
    fmt: Format,
    names: Collection[str] | None = None,
) -> None:
    """Write a zip of follow-up files, all of them unless named."""
    places = OutgoingPlaces(today=today)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for declared in follow_up_files().values():
            if names is None or declared.name in names:
                with archive.open(file_name(declared, fmt), "w", force_zip64=True) as file:
                    export_file(file, declared=declared, scope=scope, places=places, fmt=fmt)

"""A list as a file. The tables' own writers see to it that no cell starts a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse
from django.utils import timezone

from beffroi.foundations.spreadsheets import MIME_TYPES, Cell, Format, write_table

FORMATS = {fmt.value: fmt.value.upper() for fmt in Format}


def answer_table(
    kind: str, *, name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]
) -> FileResponse:
    """The rows as a download of this kind (a key of FORMATS)."""
    fmt = Format(kind)
    out = TemporaryFile()  # noqa: SIM115 — the response closes it
    cells = ([_cell(value) for value in row] for row in rows)
    write_table(out, name=name, header=headings, rows=cells, fmt=fmt)
    out.seek(0)
    return FileResponse(
        out, as_attachment=True, filename=f"{name}.{fmt}", content_type=MIME_TYPES[fmt]
    )


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%d/%m/%Y %H:%M")
    if value is None or isinstance(value, int | Decimal | date):
        return value
    return str(value)

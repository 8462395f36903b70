"""Files made on the spot: text, Excel, ODS."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

_ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="Feuille1">{rows}</table:table></office:spreadsheet></office:body>
</office:document-content>"""
_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/"
 manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>"""
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def write_text(path: Path, *lines: str, encoding: str = "utf-8", end: str = "\n") -> Path:
    """A text file of the given lines."""
    path.write_bytes("".join(line + end for line in lines).encode(encoding))
    return path


def write_excel(
    path: Path, *rows: Sequence[Any], sheets: dict[str, list[Any]] | None = None
) -> Path:
    """A workbook of one sheet, and of the further `sheets`."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    for name, further in (sheets or {}).items():
        sheet = book.create_sheet(name)
        for row in further:
            sheet.append(row)
    book.save(path)
    return path


def write_ods(path: Path, *rows: Sequence[str | float]) -> Path:
    """An ODS workbook of one sheet."""
    body = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", _ODS_TYPE)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("content.xml", _ODS.format(rows=body))
    return path


def _ods_cell(value: str | float) -> str:
    if isinstance(value, str):
        kind, text = 'office:value-type="string"', value
    else:
        kind, text = f'office:value-type="float" office:value="{value}"', str(value)
    return f"<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>"

"""A report as files: JSON and CSV, from figures alone, to the byte the same each time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from beffroi.foundations.spreadsheets.guards import guard

from ..frozen import OpenedTable
from ..models import Snapshot
from ..rules import Figure, Number, plain_number

FORMATS = ("json", "csv")

_COLUMNS = (
    "reference",
    "date",
    "territoire",
    "code",
    "libelle",
    "valeur",
    "unite",
    "numerateur",
    "denominateur",
    "definition",
    "version_definition",
)


def measured(figures: Iterable[Figure]) -> dict[str, dict[str, Any]]:
    """Code → value, unit, numerator, denominator and definition, in numbers of JSON."""
    return {
        figure.code: {
            "value": plain_number(figure.value, figure.unit),
            "unit": figure.unit,
            "numerator": plain_number(figure.numerator),
            "denominator": plain_number(figure.denominator),
            "definition": figure.definition,
        }
        for figure in figures
    }


def write_json(snapshot: Snapshot) -> str:
    """The report as JSON; the shape of `beffroi progress`, and what freezing added."""
    indicators = measured(snapshot.figures)
    for figure in snapshot.figures:
        indicators[figure.code] |= {
            "label": figure.label,
            "version": figure.version,
            "since": figure.since.isoformat(),
        }
    report = {
        "reference": snapshot.reference,
        "as_of": snapshot.as_of.isoformat(),
        "territory": snapshot.territory,
        "territory_name": snapshot.territory_name,
        "revision": snapshot.revision,
        "reason": snapshot.reason,
        "fingerprint": snapshot.fingerprint,
        "indicators": indicators,
    }
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def write_csv(snapshot: Snapshot) -> str:
    """The report as CSV: one line per figure, `;` between cells, a point before decimals."""
    rows = (
        (
            snapshot.reference,
            snapshot.as_of.isoformat(),
            snapshot.territory,
            figure.code,
            figure.label,
            _cell(figure.value, figure.unit),
            figure.unit,
            _cell(figure.numerator),
            _cell(figure.denominator),
            figure.definition,
            str(figure.version),
        )
        for figure in snapshot.figures
    )
    return _csv(_COLUMNS, rows)


def write_rows(table: OpenedTable) -> str:
    """The rows behind one figure as CSV, as they were frozen."""
    titles = tuple(column.title for column in table.columns)
    return _csv(titles, (tuple(map(guard, row.cells)) for row in table.rows))


def write_report(snapshot: Snapshot, file_format: str) -> bytes:
    """The report in one of FORMATS, encoded in UTF-8."""
    return {"json": write_json, "csv": write_csv}[file_format](snapshot).encode()


def _cell(number: Number | None, unit: str = "") -> str:
    plain = plain_number(number, unit)
    return "" if plain is None else str(plain)


def _csv(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()

"""A report as files: JSON and CSV, from figures alone, to the byte the same each time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from beffroi.foundations.spreadsheets.guards import guard

from ..frozen import OpenedTable
from ..report import Report
from ..rules import Figure, Number, plain_number

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


def write_json(report: Report) -> str:
    """The report as JSON; the shape of `beffroi progress`, and what freezing added."""
    indicators = measured(report.figures)
    for figure in report.figures:
        indicators[figure.code] |= {
            "label": figure.label,
            "version": figure.version,
            "since": figure.since.isoformat(),
        }
    content = {
        "reference": report.reference,
        "as_of": report.as_of.isoformat(),
        "territory": report.territory,
        "territory_name": report.territory_name,
        "revision": report.revision,
        "reason": report.reason,
        "fingerprint": report.fingerprint,
        "indicators": indicators,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def write_csv(report: Report) -> str:
    """The report as CSV: one line per figure, `;` between cells, a point before decimals."""
    rows = (
        (
            report.reference,
            report.as_of.isoformat(),
            report.territory,
            figure.code,
            figure.label,
            _cell(figure.value, figure.unit),
            figure.unit,
            _cell(figure.numerator),
            _cell(figure.denominator),
            figure.definition,
            str(figure.version),
        )
        for figure in report.figures
    )
    return _csv(_COLUMNS, rows)


def write_rows(table: OpenedTable) -> str:
    """The rows behind one figure as CSV, as they were frozen."""
    titles = tuple(column.title for column in table.columns)
    return _csv(titles, (tuple(map(guard, row.cells)) for row in table.rows))


def _cell(number: Number | None, unit: str = "") -> str:
    plain = plain_number(number, unit)
    return "" if plain is None else str(plain)


def _csv(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()

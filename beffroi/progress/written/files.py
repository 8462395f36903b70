"""A report as files: JSON and CSV, from figures alone, to the byte the same each time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from beffroi.foundations.spreadsheets.guards import guard

from ..frozen import OpenedTable
from ..report import Breakdown, Report, Series
from ..rules import Figure, Reading, plain_number
from .tables import FIGURES, csv_text


def measured(figures: Iterable[Figure]) -> dict[str, dict[str, Any]]:
    """Code → value, unit, numerator, denominator and definition, in numbers of JSON."""
    return {
        figure.code: {
            "value": plain_number(figure.value, figure.unit),
            "unit": figure.unit,
            "numerator": plain_number(figure.numerator),
            "denominator": plain_number(figure.denominator),
            "definition": figure.full_definition,
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
        if figure.exclusions:
            indicators[figure.code]["exclusions"] = list(figure.exclusions)
    content = {
        "reference": report.reference,
        "as_of": report.as_of.isoformat(),
        "territory": report.territory,
        "territory_name": report.territory_name,
        "revision": report.revision,
        "reason": report.reason,
        "fingerprint": report.fingerprint,
        "indicators": indicators,
        **_all_else(report),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def write_csv(report: Report) -> str:
    """The report as CSV: one line per figure, `;` between cells, a point before decimals."""
    return FIGURES.written(report).decode()


def write_rows(table: OpenedTable) -> str:
    """The rows behind one figure as CSV, as they were frozen."""
    titles = (column.title for column in table.columns)
    return csv_text(titles, (map(guard, row.cells) for row in table.rows))


def _all_else(report: Report) -> dict[str, Any]:
    """What a report holds beside its figures; nothing where it was frozen before it held more."""
    if not report.inputs:
        return {}
    units = {figure.code: figure.unit for figure in report.figures}
    return {
        "programme": report.programme,
        "inputs": report.inputs,
        "foreword": report.foreword,
        "partners": [partner.name for partner in report.partners],
        "country": _readings(report.country, units),
        "breakdowns": {
            code: [_breakdown(breakdown, units.get(code, "")) for breakdown in breakdowns]
            for code, breakdowns in report.breakdowns.items()
        },
        "parts": [
            {
                "kind": parts.kind,
                "title": parts.title,
                "places": [
                    {
                        "code": place.code,
                        "name": place.name,
                        "indicators": _readings(place.readings, units),
                    }
                    for place in parts.places
                ],
            }
            for parts in report.parts
        ],
        "series": _series(report.series, units) if report.series else None,
    }


def _breakdown(breakdown: Breakdown, unit: str) -> dict[str, Any]:
    lines = [{"label": line.label} | _reading(line.reading, unit) for line in breakdown.lines]
    return {"kind": breakdown.kind, "title": breakdown.title, "lines": lines}


def _series(series: Series, units: Mapping[str, str]) -> dict[str, Any]:
    return {
        "days": [day.isoformat() for day in series.days],
        "indicators": _courses(series.readings, units),
        "parts": [
            {
                "kind": part.kind,
                "code": part.code,
                "name": part.name,
                "indicators": _courses(part.readings, units),
            }
            for part in series.parts
        ],
    }


def _courses(
    courses: Mapping[str, Iterable[Reading]], units: Mapping[str, str]
) -> dict[str, list[dict[str, Any]]]:
    return {
        code: [_reading(one, units.get(code, "")) for one in course]
        for code, course in courses.items()
    }


def _readings(readings: Mapping[str, Reading], units: Mapping[str, str]) -> dict[str, Any]:
    return {code: _reading(one, units.get(code, "")) for code, one in readings.items()}


def _reading(reading: Reading, unit: str) -> dict[str, Any]:
    return {
        "value": plain_number(reading.value, unit),
        "numerator": plain_number(reading.numerator),
        "denominator": plain_number(reading.denominator),
    }

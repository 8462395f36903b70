"""From what the floors below say to the shapes of the answers. Pure but for addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings

from beffroi.foundations.skin.navigation import TOWNS
from beffroi.foundations.territories.queries import TownLabel
from beffroi.progress.frozen import OpenedRow, OpenedTable
from beffroi.progress.report import Breakdown, Parts, Place, Report, Series
from beffroi.progress.rules import EUROS, Figure, Reading, plain_number
from beffroi.progress.written.files import measured

ROOT = "/api/v1/"
_Units = Mapping[str, str]


def api_address(*parts: object) -> str:
    """A complete address of the API."""
    return f"{settings.BEFFROI_SITE_URL}{ROOT}{'/'.join(map(str, parts))}"


def site_address(path: str) -> str:
    """A complete address of the site."""
    return f"{settings.BEFFROI_SITE_URL}{path}"


def town_page(code: str) -> str:
    """The public page of a town."""
    return site_address(f"{TOWNS}{code}/")


def successors_json(heirs: Iterable[TownLabel]) -> list[dict[str, str]]:
    """The towns to ask for instead of one that is no more."""
    return [
        {"code": heir.code, "name": heir.name, "api": api_address("communes", heir.code)}
        for heir in heirs
    ]


def euros(amount: Decimal | None) -> int | float:
    """An amount as JSON holds it; none is no money at all."""
    return plain_number(amount or Decimal(0), EUROS) or 0


def reading_json(reading: Reading, unit: str) -> dict[str, Any]:
    """The numbers of a reading."""
    return {
        "value": plain_number(reading.value, unit),
        "numerator": plain_number(reading.numerator),
        "denominator": plain_number(reading.denominator),
    }


def report_json(
    report: Report, *, rows: Callable[[str], str], revised_by: str | None = None
) -> dict[str, Any]:
    """A whole report; `rows` gives the address of the rows of a figure."""
    units = {figure.code: figure.unit for figure in report.figures}
    return {
        "reference": report.reference,
        "programme": report.programme,
        "as_of": report.as_of,
        "territory": report.territory,
        "territory_name": report.territory_name,
        "revision": report.revision,
        "reason": report.reason,
        "revised_by": revised_by,
        "frozen_at": report.frozen_at,
        "fingerprint": report.fingerprint,
        "inputs": report.inputs,
        "foreword": report.foreword,
        "indicators": _indicators(report, rows),
        "breakdowns": {
            code: [_breakdown(one, units.get(code, "")) for one in tables]
            for code, tables in report.breakdowns.items()
        },
        "parts": [_parts(parts, units) for parts in report.parts],
        "series": _series(report.series, units) if report.series else None,
        "country": _readings(report.country, units),
        "partners": [partner.name for partner in report.partners],
    }


def places_json(places: Iterable[Place], units: _Units) -> list[dict[str, Any]]:
    """The readings of each place."""
    return [
        {"code": place.code, "name": place.name, "readings": _readings(place.readings, units)}
        for place in places
    ]


def opened_json(report: Report, figure: Figure, table: OpenedTable) -> dict[str, Any]:
    """What a page of rows says of the figure that they stand behind."""
    return {
        "reference": report.reference,
        "as_of": report.as_of,
        "territory": report.territory,
        "code": figure.code,
        "label": figure.label,
        "value": plain_number(figure.value, figure.unit),
        "unit": figure.unit,
        "table": table.title,
        "columns": [column.title for column in table.columns],
    }


def rows_json(rows: Iterable[OpenedRow]) -> list[dict[str, Any]]:
    """Rows, cell by cell."""
    return [{"key": str(row.key), "cells": list(row.cells)} for row in rows]


def _indicators(report: Report, rows: Callable[[str], str]) -> dict[str, Any]:
    written = measured(report.figures)
    for figure in report.figures:
        written[figure.code] |= {
            "label": figure.label,
            "version": figure.version,
            "since": figure.since,
            "heading": figure.heading,
            "counts": figure.counts,
            "over": figure.over,
            "exclusions": figure.exclusions,
            "row_count": report.row_counts[figure.code],
            "rows": rows(figure.code),
        }
    return written


def _readings(readings: Mapping[str, Reading], units: _Units) -> dict[str, Any]:
    return {code: reading_json(one, units.get(code, "")) for code, one in readings.items()}


def _breakdown(breakdown: Breakdown, unit: str) -> dict[str, Any]:
    lines = [{"label": line.label} | reading_json(line.reading, unit) for line in breakdown.lines]
    return {"kind": breakdown.kind, "title": breakdown.title, "lines": lines}


def _parts(parts: Parts, units: _Units) -> dict[str, Any]:
    return {
        "kind": parts.kind,
        "title": parts.title,
        "places": places_json(parts.places, units),
    }


def _series(series: Series, units: _Units) -> dict[str, Any]:
    return {
        "days": series.days,
        "readings": _courses(series.readings, units),
        "parts": [
            {
                "kind": part.kind,
                "code": part.code,
                "name": part.name,
                "readings": _courses(part.readings, units),
            }
            for part in series.parts
        ],
    }


def _courses(courses: Mapping[str, Iterable[Reading]], units: _Units) -> dict[str, Any]:
    return {
        code: [reading_json(one, units.get(code, "")) for one in course]
        for code, course in courses.items()
    }

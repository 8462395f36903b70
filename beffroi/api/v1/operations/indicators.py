"""The indicators: what they are, and what they read on any day anywhere."""

from __future__ import annotations

from datetime import date
from functools import lru_cache, partial
from time import time
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from ninja import P, PathEx, Query, Router, Schema

from beffroi.progress.frozen import OpenedTable
from beffroi.progress.indicators import BY_CODE, INDICATORS, TABLES, Indicator
from beffroi.progress.memory import KEPT_SECONDS, register_state, remember
from beffroi.progress.queries import NoProgramme, explore, explore_rows, measure_departments
from beffroi.progress.report import Parts, Report
from beffroi.progress.rules import Figure
from beffroi.progress.wording import word_refusal

from ..asked import AS_OF, day_asked, day_field, place_asked, territory_field
from ..door import tag
from ..paging import Asked, Listed, paginated
from ..problems import missing
from ..schemas import Definition, DepartmentsReport, ReportDetail, RowsPage
from ..written import api_address, opened_json, places_json, report_json, rows_json

router = Router(tags=["Indicateurs"])
NATIONAL = "national"
# Rows are heavy and cannot be kept for everybody: enough for callers who turn their pages.
_OPENED_AT_ONCE = 8


class ValuesAsked(Schema):
    """When and where to measure."""

    au: str = day_field(AS_OF)
    territoire: str = territory_field("Territoire, la France entière sans lui\u00a0:")


class DayAsked(Schema):
    """When to measure."""

    au: str = day_field(AS_OF)


class RowsAsked(Asked, ValuesAsked):
    """The rows of a day and a place, page by page."""


@router.get(
    "/indicateurs",
    response=Listed[Definition],
    url_name="list_indicators",
    operation_id="list_indicators",
    summary="Les définitions des indicateurs",
)
def list_indicators(request: HttpRequest, response: HttpResponse, asked: Query[Asked]) -> Any:
    """Ce que compte chaque indicateur, sur quoi, sans quoi, et depuis quand, dans l’ordre de
    lecture."""
    indicators, around = paginated(request, response, INDICATORS, asked)
    return {**around, "results": [_defined(one) for one in indicators]}


@router.get(
    "/indicateurs/valeurs",
    response=ReportDetail,
    url_name="read_values",
    operation_id="read_values",
    summary="Tous les chiffres d’un jour dans un territoire",
)
def read_values(request: HttpRequest, response: HttpResponse, asked: Query[ValuesAsked]) -> Any:
    """Les chiffres mesurés sur le registre à la demande, n’importe quel jour, n’importe où. Ils ne
    sont pas figés\u00a0: une correction du registre les change. Une commune fusionnée répond 404
    et nomme, dans « successors », celle qui la continue."""
    day, territory = _day_and_place(asked)
    tag(request, response, day, register_state())
    report = _explored(day, territory)
    return report_json(report, rows=partial(_rows_address, day, territory))


@router.get(
    "/indicateurs/departements",
    response=DepartmentsReport,
    url_name="read_departments",
    operation_id="read_departments",
    summary="Tous les chiffres d’un jour, département par département",
)
def read_departments(request: HttpRequest, response: HttpResponse, asked: Query[DayAsked]) -> Any:
    """Les chiffres de chaque département, dans l’ordre des codes, mesurés en une fois."""
    day, state = day_asked(asked.au), register_state()
    tag(request, response, day, state)
    units = {indicator.code: indicator.unit for indicator in INDICATORS}
    parts = _departments(day, state)
    return {"as_of": day, "departments": places_json(parts.places, units)}


@router.get(
    "/indicateurs/{code}/lignes",
    response=RowsPage,
    url_name="list_rows",
    operation_id="list_rows",
    summary="Les lignes que compte un indicateur",
)
def list_rows(
    request: HttpRequest,
    response: HttpResponse,
    code: PathEx[str, P(description="Code de l’indicateur.", examples=["active_towns"])],
    asked: Query[RowsAsked],
) -> Any:
    """Les lignes du registre que compte le chiffre de ce jour dans ce territoire."""
    if code not in BY_CODE:
        raise missing(f"Aucun indicateur ne porte le code «\u00a0{code[:40]}\u00a0».")
    day, territory = _day_and_place(asked)
    state = register_state()
    tag(request, response, day, state)
    try:
        report, figure, table = opened(day, territory, code, f"{state} {time() // KEPT_SECONDS}")
    except NoProgramme as nothing:
        raise missing(word_refusal(nothing)) from nothing
    rows, around = paginated(request, response, table.rows, asked)
    return {**opened_json(report, figure, table), **around, "results": rows_json(rows)}


@lru_cache(_OPENED_AT_ONCE)
def opened(
    day: date,
    territory: str,
    code: str,
    state: str,  # noqa: ARG001  # names what is kept
) -> tuple[Report, Figure, OpenedTable]:
    """A figure opened in a state of the register, for an hour at most. Raises NoProgramme."""
    return explore_rows(as_of=day, territory=territory, code=code)


def _day_and_place(asked: ValuesAsked) -> tuple[date, str]:
    day = day_asked(asked.au)
    return day, str(place_asked(asked.territoire, on=day))


def _explored(day: date, territory: str) -> Report:
    try:
        return explore(as_of=day, territory=territory)
    except NoProgramme as nothing:
        raise missing(word_refusal(nothing)) from nothing


def _departments(day: date, state: str) -> Parts:
    try:
        return remember(
            "api departments", on=day, state=state, read=lambda: measure_departments(day)
        )
    except NoProgramme as nothing:
        raise missing(word_refusal(nothing)) from nothing


def _rows_address(day: date, territory: str, code: str) -> str:
    asked = {"au": day.isoformat()} | ({} if territory == NATIONAL else {"territoire": territory})
    return f"{api_address('indicateurs', code, 'lignes')}?{urlencode(asked, safe=':')}"


def _defined(indicator: Indicator) -> dict[str, Any]:
    return {
        "code": indicator.code,
        "label": indicator.label,
        "heading": indicator.heading,
        "unit": indicator.unit,
        "definition": indicator.definition,
        "counts": indicator.counts,
        "over": indicator.over,
        "over_code": indicator.over_code,
        "exclusions": indicator.exclusions,
        "table": TABLES[indicator.table].title,
        "breakdowns": indicator.breakdowns,
        "version": indicator.version,
        "since": indicator.since,
        "rows": api_address("indicateurs", indicator.code, "lignes"),
    }

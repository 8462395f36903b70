"""One figure: its words, its course, its parts, and the rows behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from beffroi.foundations.dates import format_date
from beffroi.foundations.skin.navigation import TOWNS

from ..addresses import addresses_of
from ..frozen import OpenedRow, OpenedTable, WrittenCell, by_funder, write_cells
from ..report import Report
from ..rules import Figure
from ..written.page import (
    show_breakdowns,
    show_course,
    show_map,
    show_small,
    write_card,
    write_figure_parts,
)
from ..written.rows import Wanted, departments_among, matching_rows
from .found import find_report, open_rows, unkept_preview

_PER_PAGE = 100
_LONGEST_SEARCH = 100


@require_safe
@gzip_page
def figure(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """A frozen figure and the rows frozen behind it."""
    found = find_report(request, reference)
    one, table = open_rows(found, code)
    page = figure_page(request, found.report, one, table, more={"snapshot": found})
    return unkept_preview(found, page)


def figure_page(
    request: HttpRequest,
    report: Report,
    figure: Figure,
    table: OpenedTable,
    *,
    more: Mapping[str, Any],
) -> HttpResponse:
    """The page of a figure, frozen or measured for the occasion."""
    addresses, wanted = addresses_of(report), _wanted(request)
    rows = matching_rows(table, wanted) if wanted.is_narrowed else table.rows
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    card = write_card(report, figure, addresses)
    context = {
        "report": report,
        "day": format_date(report.as_of),
        "report_title": _title(report),
        "card": card,
        "report_address": addresses.report,
        "csv": addresses.rows(figure.code, "csv"),
        "json": addresses.rows(figure.code, "json"),
        "breakdowns": show_breakdowns(report, figure, addresses),
        "course": show_course(report, figure, addresses),
        "map": show_map(report, figure, addresses),
        "small": show_small(report, figure, addresses),
        "parts": write_figure_parts(report, figure, addresses),
        "funders": () if card.breakdowns else by_funder(table),
        "table": table,
        "wanted": wanted,
        "departments": _named(report, departments_among(table)),
        "page_obj": page,
        "lines": [_titled(table, row) for row in page],
        "towns": TOWNS,
    }
    return render(request, "progress/figure.html", {**context, **more})


def _titled(table: OpenedTable, row: OpenedRow) -> list[tuple[str, WrittenCell]]:
    """Each cell with the title of its column, which stands before it on a phone."""
    titles = (column.title for column in table.columns)
    return list(zip(titles, write_cells(table, row), strict=True))


def _title(report: Report) -> str:
    kind = "Point d’avancement" if report.reference else "Tous les chiffres"
    return f"{kind} au {format_date(report.as_of)}"


def _named(report: Report, codes: tuple[str, ...]) -> list[tuple[str, str]]:
    """Code and label of each département, by the name that the report knows it under."""
    names = {
        place.code: place.name
        for parts in report.parts
        if parts.kind == "dep"
        for place in parts.places
    }
    return [(code, f"{names[code]} ({code})" if code in names else code) for code in codes]


def _wanted(request: HttpRequest) -> Wanted:
    asked = request.GET
    return Wanted(
        text=asked.get("q", "").strip()[:_LONGEST_SEARCH],
        department=asked.get("departement", "").strip().upper()[:3],
    )

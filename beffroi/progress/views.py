"""Public pages: the list of frozen reports, one report, the rows behind one figure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from beffroi.foundations.dates import format_date
from beffroi.foundations.money import format_number
from beffroi.foundations.skin.navigation import TOWNS

from .frozen import OpenedTable, by_funder, write_cells
from .indicators import TABLES
from .models import Snapshot, UnknownFigure
from .permissions import may_preview
from .queries import UnknownSnapshot, get_snapshot, list_snapshots, revised_by
from .rules import Figure, format_figure, format_fraction
from .written.files import write_report, write_rows

_PER_PAGE = 200
_CONTENT_TYPES = {
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8; header=present",
}


@dataclass(frozen=True, slots=True)
class WrittenFigure:
    """A figure and its texts."""

    figure: Figure
    value: str
    fraction: str
    since: str
    rows: str
    row_count: str


@require_safe
def snapshot_list(request: HttpRequest) -> HttpResponse:
    """Every report, newest first."""
    page = Paginator(list_snapshots(), 50).get_page(request.GET.get("page"))
    return render(request, "progress/list.html", {"page_obj": page})


@require_safe
def snapshot(request: HttpRequest, reference: str) -> HttpResponse:
    """One report: its figures under their headings, and whether it was revised since."""
    found = _found(request, reference)
    sections = [
        (heading, [_written(found, figure) for figure in figures])
        for heading, figures in groupby(found.figures, key=lambda figure: figure.heading)
    ]
    context = {"snapshot": found, "sections": sections, "last": revised_by(found)}
    return render(request, "progress/snapshot.html", context)


@require_safe
def figure(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """The frozen rows behind one figure."""
    found = _found(request, reference)
    one, table = _opened(found, code)
    page = Paginator(table.rows, _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "snapshot": found,
        "written": _written(found, one),
        "table": table,
        "page_obj": page,
        "lines": [write_cells(table, row) for row in page],
        "funders": by_funder(table),
        "towns": TOWNS,
    }
    return render(request, "progress/figure.html", context)


@require_safe
def download(request: HttpRequest, reference: str, form: str) -> HttpResponse:
    """The report as a file."""
    found = _found(request, reference)
    return _file(
        request, found, write_report(found, form), f"point-d-avancement-{reference}.{form}"
    )


@require_safe
def rows(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """The rows behind one figure as a CSV file."""
    found = _found(request, reference)
    _, table = _opened(found, code)
    return _file(request, found, write_rows(table).encode(), f"{reference}-{code}.csv")


def _found(request: HttpRequest, reference: str) -> Snapshot:
    """A published report; one that is not yet, for those alone who may publish it."""
    try:
        found = get_snapshot(reference)
    except UnknownSnapshot as unknown:
        raise Http404(reference) from unknown
    if not found.is_published and not may_preview(request.user, found):
        raise Http404(reference)
    return found


def _opened(found: Snapshot, code: str) -> tuple[Figure, OpenedTable]:
    try:
        return found.figure(code), found.rows_behind(code)
    except UnknownFigure as unknown:
        raise Http404(code) from unknown


def _written(found: Snapshot, figure: Figure) -> WrittenFigure:
    title = TABLES[figure.table].title
    count = found.report.row_counts[figure.code]
    return WrittenFigure(
        figure,
        value=format_figure(figure),
        fraction=format_fraction(figure),
        since=format_date(figure.since),
        rows=title[0].lower() + title[1:],
        row_count=format_number(count) if count else "",
    )


def _file(request: HttpRequest, found: Snapshot, body: bytes, name: str) -> HttpResponse:
    """A download that browsers may keep: what is frozen does not change under its fingerprint.

    A preview is kept by nobody.
    """
    etag = quote_etag(found.fingerprint)
    response = get_conditional_response(request, etag=etag) or HttpResponse(body)
    response["Content-Type"] = _CONTENT_TYPES[name.rpartition(".")[2]]
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["ETag"] = etag
    if found.is_published:
        patch_cache_control(response, public=True, max_age=3600)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response

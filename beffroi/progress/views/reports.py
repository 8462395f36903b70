"""The list of published reports, and one report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from ..addresses import addresses_of
from ..models import Snapshot
from ..queries import latest_snapshot, list_snapshots, neighbours_of, revised_by
from ..written.page import write_page
from .found import find_report, unkept_preview

_PER_PAGE = 30
_LONGEST_SEARCH = 100
_YEAR = re.compile(r"[0-9]{4}")
_OLDEST_YEAR, _LAST_YEAR = 1900, 2999
KINDS = {
    "national": "France entière",
    "reg": "Régions",
    "dep": "Départements",
    "epci": "Intercommunalités",
    "com": "Communes",
    "taille": "Classes de taille",
    "centralite": "Niveaux de centralité",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asks of the list; empty texts ask nothing."""

    kind: str = ""
    name: str = ""
    year: str = ""

    @property
    def is_narrowed(self) -> bool:
        """True when some reports may be left out."""
        return bool(self.kind or self.name or self.year)


@require_safe
@gzip_page
def snapshot_list(request: HttpRequest) -> HttpResponse:
    """The last report of the country with its main figures, then every report, newest first."""
    wanted = _wanted(request)
    page: Page[Snapshot] = Paginator(_answering(wanted), _PER_PAGE).get_page(
        request.GET.get("page")
    )
    is_first = not wanted.is_narrowed and page.number == 1
    last = latest_snapshot() if is_first else None
    context = {
        "page_obj": page,
        "wanted": wanted,
        "kinds": KINDS,
        "years": [day.year for day in list_snapshots().dates("as_of", "year", order="DESC")],
        "last": last,
        "page": write_page(last.report, addresses_of(last.report)) if last else None,
    }
    return render(request, "progress/list.html", context)


@require_safe
@gzip_page
def snapshot(request: HttpRequest, reference: str) -> HttpResponse:
    """One report, whole, and what was published around it."""
    found = find_report(request, reference)
    context: dict[str, Any] = {
        "snapshot": found,
        "report": found.report,
        "page": write_page(found.report, addresses_of(found.report)),
        "last": revised_by(found),
        "around": neighbours_of(found),
    }
    return unkept_preview(found, render(request, "progress/report.html", context))


def _wanted(request: HttpRequest) -> Wanted:
    asked = request.GET
    kind, year = asked.get("type", ""), asked.get("annee", "")
    is_year = bool(_YEAR.fullmatch(year)) and _OLDEST_YEAR <= int(year) <= _LAST_YEAR
    return Wanted(
        kind=kind if kind in KINDS else "",
        name=asked.get("q", "").replace("\0", "").strip()[:_LONGEST_SEARCH],
        year=year if is_year else "",
    )


def _answering(wanted: Wanted) -> QuerySet[Snapshot]:
    found = list_snapshots()
    if wanted.kind == "national":
        found = found.filter(territory="national")
    elif wanted.kind:
        found = found.filter(territory__startswith=f"{wanted.kind}:")
    if wanted.name:
        found = found.filter(territory_name__icontains=wanted.name)
    if wanted.year:
        found = found.filter(as_of__year=int(wanted.year))
    return found

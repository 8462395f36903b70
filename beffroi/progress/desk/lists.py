"""The list of reports: on their way, frozen, published."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from beffroi.foundations.accounts.models import User
from beffroi.foundations.desk.permissions import reach_of

from ..models import Preparation, Snapshot
from ..permissions import can_freeze, covers
from .furniture import furnish, reader

PREPARED, FROZEN, PUBLISHED, GIVEN_UP = "en-preparation", "figes", "publies", "abandonnes"
_TABS = {
    PREPARED: "En préparation",
    FROZEN: "Figés, non publiés",
    PUBLISHED: "Publiés",
    GIVEN_UP: "Abandonnés",
}
_PER_PAGE = 50


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """One of the lists; what is not published yet, within the person's reach alone."""
    user = reader(request)
    chosen = request.GET.get("etat", "")
    tab = chosen if chosen in _TABS else PREPARED
    hidden: dict[str, list[Any]] = {
        PREPARED: reached_preparations(user, Preparation.objects.opened()),
        FROZEN: _reached_snapshots(user),
        GIVEN_UP: reached_preparations(user, Preparation.objects.exclude(given_up_at=None)),
    }
    published = (
        Snapshot.objects.published()
        .without_content()
        .select_related("publication", "publication__published_by")
    )
    counts = {name: len(rows) for name, rows in hidden.items()} | {PUBLISHED: published.count()}
    rows: Any = hidden.get(tab, published)
    context = {
        "tab": tab,
        "tabs": [(name, label, counts[name]) for name, label in _TABS.items()],
        "page_obj": Paginator(rows, _PER_PAGE).get_page(request.GET.get("page")),
        "of_preparations": tab in (PREPARED, GIVEN_UP),
        "can_prepare": can_freeze(user) and not reach_of(user).is_empty,
    }
    return render(request, "progress/desk/index.html", context | furnish())


def reached_preparations(user: User, rows: QuerySet[Preparation]) -> list[Preparation]:
    """Those of the territories that a person covers."""
    scope = reach_of(user)
    named = rows.select_related("prepared_by", "reviewed_by").defer("reviewed_figures")
    return [row for row in named if covers(scope, row.territory, on=row.as_of)]


def _reached_snapshots(user: User) -> list[Snapshot]:
    scope = reach_of(user)
    rows = Snapshot.objects.without_content().filter(publication=None).select_related("frozen_by")
    return [row for row in rows if covers(scope, row.territory, on=row.as_of)]

"""The desk's pages: the mailings, and the ledger of one."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from .forms import OUTCOME_LABELS, RowFilter
from .models import Mailing
from .permissions import VIEW_MAILING
from .queries import ledger, ledger_line, ledgers, rows
from .rules import Ledger

_PER_PAGE = 50
_ICON = "mail"


@permission_required(VIEW_MAILING, raise_exception=True)
def index(request: HttpRequest) -> HttpResponse:
    """The mailings, the latest first, each with its counts."""
    page = Paginator(Mailing.objects.all(), _PER_PAGE).get_page(request.GET.get("p"))
    counted = ledgers(list(page))
    listed = [(mailing, counted[mailing.pk], columns(counted[mailing.pk])) for mailing in page]
    context = {"page": page, "listed": listed, "labels": OUTCOME_LABELS.values()}
    return render(request, "delivery/index.html", context | _furniture("Envois"))


@permission_required(VIEW_MAILING, raise_exception=True)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mailing: its identity, its columns, and who stands where."""
    mailing = get_object_or_404(Mailing, pk=pk)
    counts = ledger(mailing)
    form = RowFilter(request.GET)
    found = rows(mailing, outcome=form.chosen_outcome, search=form.search)
    context = {
        "mailing": mailing,
        "ledger_line": ledger_line(counts),
        "columns": columns(counts),
        "form": form,
        "page": Paginator(found, _PER_PAGE).get_page(request.GET.get("p")),
        "read_at": timezone.now(),
    }
    title = f"Lettre {mailing.number}"
    return render(request, "delivery/detail.html", context | _furniture("Envois", title))


def columns(counts: Ledger) -> list[tuple[str, str, int]]:
    """The ledger's columns in the order of the identity: code, French label, count."""
    return [
        (str(outcome), label, getattr(counts, outcome)) for outcome, label in OUTCOME_LABELS.items()
    ]


def _furniture(*titles: str) -> dict[str, Any]:
    """What the desk's own layout expects: a title, an icon, the way back."""
    above = [
        {"url": reverse("wagtailadmin_home"), "label": "Accueil"},
        *({"url": reverse("envois:index"), "label": title} for title in titles[:-1]),
    ]
    return {
        "header_title": titles[-1],
        "header_icon": _ICON,
        "breadcrumbs_items": [*above, {"url": "", "label": titles[-1]}],
    }

"""The desk's pages: the followed towns, the sheet of one, the sheet of an area."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from beffroi.foundations.accounts.models import User
from beffroi.foundations.desk.exports import FORMATS, answer_table
from beffroi.foundations.desk.permissions import reach_of
from beffroi.foundations.mandates.queries import Scope
from beffroi.programme.support.models import MoneyState

from .forms import DayForm, TownFilter
from .permissions import can_read
from .queries import (
    AreaOutOfReach,
    Identity,
    TownLine,
    TownOutOfReach,
    TownSheet,
    followed_towns,
    money_pages,
    read_area_sheet,
    read_sheet,
    sheet_history,
    town_name,
)
from .wording import POSTS, clock_in_words

_PER_PAGE = 50
_ICON = "home"
HEADINGS = (
    "Code INSEE",
    "Commune",
    "Code département",
    "Département",
    "SIREN de l’EPCI",
    "Intercommunalité",
    "Programmes",
    "Groupement",
    "Adhésion signée le",
    "Convention-cadre signée le",
    "Échéance de la convention-cadre",
    "ORT",
    "Chef de projet",
    "Missions",
    "Montant engagé (€)",
    "Fiche vérifiée le",
)


def reach(request: HttpRequest) -> Scope:
    """How far the signed-in person reaches. Raises PermissionDenied for those who read no sheet."""
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    scope = reach_of(user)
    if not can_read(user, scope):
        raise PermissionDenied
    return scope


@login_required
@require_safe
def towns(request: HttpRequest) -> HttpResponseBase:
    """Every followed town of one's area: found, filtered, sorted, exported."""
    form = TownFilter(
        request.GET, lines=followed_towns(scope=reach(request), as_of=timezone.localdate())
    )
    lines = form.chosen()
    if (kind := request.GET.get("export", "")) in FORMATS:
        rows = (list(_cells(line)) for line in lines)
        return answer_table(kind, name="communes", headings=HEADINGS, rows=rows)
    page = Paginator(lines, _PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "form": form,
        "page": page,
        "count": len(lines),
        "rows": [told(line) for line in page],
        "exports": [(label, _with(request, export=kind)) for kind, label in FORMATS.items()],
        "query": _with(request, p=None),
    }
    return render(request, "sheets/desk/towns.html", context | furniture("Communes"))


@login_required
@require_safe
def town(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet of a town, at any date."""
    scope = reach(request)
    form, day = DayForm.asked(request.GET)
    sheet = _found(pk, day, scope)
    if not sheet.identity.is_living and len(sheet.identity.heirs) == 1:
        return redirect(
            _with(request, path=reverse("sheets:town", args=[sheet.identity.heirs[0].town_id]))
        )
    identity = sheet.identity
    context = {
        "sheet": sheet,
        "form": form,
        "is_today": day == timezone.localdate(),
        "clock": clock_in_words(sheet.clock),
        "states": MoneyState.labels,
        "addresses": _addresses(request.user, sheet),
    }
    above = [
        {"url": reverse("sheets:towns"), "label": "Communes"},
        {
            "url": reverse("sheets:department", args=[identity.department_code]),
            "label": identity.department_name,
        },
    ]
    return render(request, "sheets/desk/town.html", context | furniture(identity.label, *above))


@login_required
@require_safe
def money(request: HttpRequest, pk: int) -> HttpResponse:
    """Every decision for a town, page by page."""
    scope = reach(request)
    form, day = DayForm.asked(request.GET)
    name = _named(pk, day, scope)
    decisions: Any = money_pages(pk, as_of=day)
    page = Paginator(decisions, _PER_PAGE).get_page(request.GET.get("p"))
    context = {"page": page, "form": form, "day": day, "query": _with(request, p=None)}
    above = _above(pk, name)
    return render(request, "sheets/desk/money.html", context | furniture("Financements", *above))


@login_required
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Who changed what on the rows of a town."""
    scope = reach(request)
    today = timezone.localdate()
    sheet = _found(pk, today, scope)
    context = {"history": sheet_history(sheet)}
    above = _above(pk, sheet.identity.label)
    return render(request, "sheets/desk/history.html", context | furniture("Historique", *above))


@login_required
@require_safe
def department(request: HttpRequest, code: str) -> HttpResponse:
    """The towns of a département, line by line."""
    return _area(request, "dep", code)


@login_required
@require_safe
def region(request: HttpRequest, code: str) -> HttpResponse:
    """The départements and the towns of a région."""
    return _area(request, "reg", code)


def _area(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    scope = reach(request)
    form, day = DayForm.asked(request.GET)
    try:
        area = read_area_sheet(kind=kind, code=code, as_of=day, scope=scope)
    except AreaOutOfReach as refusal:
        raise Http404 from refusal
    context = {
        "area": area,
        "form": form,
        "rows": [told(line) for line in area.lines],
        "is_today": day == timezone.localdate(),
    }
    title = f"{area.name} ({code})" if kind == "dep" else area.name
    above = [{"url": reverse("sheets:towns"), "label": "Communes"}]
    return render(request, "sheets/desk/area.html", context | furniture(title, *above))


def told(line: TownLine) -> dict[str, Any]:
    """A line with its words."""
    return {"line": line, "clock": clock_in_words(line.clock), "post": POSTS[line.post]}


def furniture(title: str, *above: dict[str, str]) -> dict[str, Any]:
    """What the frame of the desk shows around a page."""
    home = {"url": reverse("wagtailadmin_home"), "label": "Accueil"}
    return {
        "breadcrumbs_items": [home, *above, {"url": "", "label": title}],
        "header_title": title,
        "header_icon": _ICON,
    }


def _found(pk: int, day: date, scope: Scope) -> TownSheet:
    try:
        return read_sheet(town_id=pk, as_of=day, scope=scope)
    except TownOutOfReach as refusal:
        raise Http404 from refusal


def _named(pk: int, day: date, scope: Scope) -> str:
    try:
        return town_name(pk, as_of=day, scope=scope)
    except TownOutOfReach as refusal:
        raise Http404 from refusal


def _department_url(identity: Identity) -> str:
    return reverse("sheets:department", args=[identity.department_code or "-"])


def _above(pk: int, name: str) -> list[dict[str, str]]:
    return [
        {"url": reverse("sheets:towns"), "label": "Communes"},
        {"url": reverse("sheets:town", args=[pk]), "label": name},
    ]


def _cells(line: TownLine) -> Iterator[Any]:
    yield from (line.code, line.name, line.department_code, line.department_name)
    yield from (line.epci_siren, line.epci_name)
    yield from (", ".join(line.programmes), ", ".join(line.groups))
    yield from (line.clock.adhesion_on, line.clock.framework_on, line.clock.due_on)
    yield from (line.is_ort, POSTS[line.post], line.missions, line.committed, line.fresh_on)


def _with(request: HttpRequest, *, path: str = "", **changes: str | None) -> str:
    """The same address with other parameters; None takes one out."""
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    text = query.urlencode()
    return f"{path}?{text}" if text or not path else path


# Where each kind of row is added, by the name of its viewset and the right it asks for.
_ADDITIONS = {
    "memberships": ("designations:add", "membership.add_designation"),
    "agreements": ("conventions:add", "agreements.add_agreement"),
    "posts": ("postes:add", "membership.add_projectmanagerpost"),
    "money": ("engagements:add", "support.add_realisedcommitment"),
    "missions": ("missions:add", "support.add_expertisemission"),
    "meetings": ("presences:add", "events.add_attendance"),
    "confirm": ("campaigns:answer", "campaigns.add_confirmation"),
}


def _addresses(user: Any, sheet: TownSheet) -> dict[str, str]:
    """Where this person may add to the sheet; a page that does not stand is left out."""
    found = {}
    for name, (route, right) in _ADDITIONS.items():
        if user.has_perm(right) and (address := find_address(route)):
            found[name] = (
                address if name == "confirm" else f"{address}?town={sheet.identity.town_id}"
            )
    if find_address("handover:post", 0):
        found["handover"] = "oui"
    if public := find_address("website:town", sheet.identity.code):
        found["public"] = public
    return found


def find_address(route: str, *args: Any) -> str:
    """The address of a page, empty where no such page stands."""
    try:
        return reverse(route, args=args)
    except NoReverseMatch:
        return ""

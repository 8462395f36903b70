"""The desk's pages of alerts, each bounded by the person's reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from csp.decorators import csp_replace
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.desk.exports import FORMATS, answer_table
from beffroi.foundations.desk.permissions import reach_of
from beffroi.foundations.mandates.queries import Scope
from beffroi.foundations.territories.queries import town_labels

from .actions import (
    AlreadyDecided,
    DayGoneBy,
    NoSuchAlert,
    choose_digest,
    decide_alert,
    undo_decision,
)
from .counting import remember_count
from .forms import AlertFilter, FileForm, PutOffForm
from .mails import render_digest
from .models import AlertDecision, DigestRefusal
from .permissions import can_decide, can_see
from .queries import alerts_for, department_names, every_alert
from .rules import Alert, grouped

_ICON = "warning"
_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class _Listed:
    """An alert and what was decided about it."""

    alert: Alert
    decision: AlertDecision | None
    is_new: bool


def _person(request: HttpRequest) -> tuple[User, Scope]:
    user = request.user
    if not isinstance(user, User) or not can_see(user, reach_of(user)):
        raise PermissionDenied
    return user, reach_of(user)


def _listed(scope: Scope) -> list[_Listed]:
    """Every alert of an area with the decision that holds today."""
    on = timezone.localdate()
    standing = AlertDecision.objects.filter(undone_at__isnull=True).select_related("decided_by")
    decided = {one.key: one for one in standing if one.hides_on(on)}
    rows = [
        _Listed(alert, decided.get(alert.key), alert.is_new(on))
        for alert in every_alert(scope, on=on)
    ]
    current = [row.alert for row in rows if row.decision is None]
    remember_count(scope, current, on=on)
    return rows


def _kept(row: _Listed, form: AlertFilter) -> bool:
    state, alert = form.chosen("etat"), row.alert
    if state == "":
        in_state = row.decision is None
    else:
        in_state = row.decision is not None and row.decision.is_filed == (state == "classees")
    return (
        in_state
        and form.chosen("type") in {"", alert.kind}
        and form.chosen("gravite") in {"", alert.severity}
        and (form.chosen("departement") in {"", *alert.department_codes})
    )


def _filter(request: HttpRequest, rows: list[_Listed]) -> AlertFilter:
    codes = sorted({code for row in rows for code in row.alert.department_codes})
    names = department_names(codes, on=timezone.localdate())
    choices = [(code, f"{names.get(code, code)} ({code})") for code in codes]
    return AlertFilter(request.GET, departments=choices)


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What deserves attention in one's area, the most pressing first."""
    user, scope = _person(request)
    rows = _listed(scope)
    form = _filter(request, rows)
    found = [row for row in rows if _kept(row, form)]
    current = [row.alert for row in rows if row.decision is None]
    context = {
        "groups": grouped(current, shown=0),
        "current": len(current),
        "form": form,
        "page": Paginator(found, _PER_PAGE).get_page(request.GET.get("p")),
        "can_decide": can_decide(user, scope),
        "formats": FORMATS,
        "query": request.GET.urlencode(),
        "here": request.get_full_path(),
    }
    return render(request, "alerts/desk/index.html", context | _furniture("Alertes"))


_HEADINGS = ("Gravité", "Type", "Alerte", "Échéance", "Communes", "Départements", "Suite", "Motif")


@login_required
@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The alerts that the filters keep."""
    _, scope = _person(request)
    rows = _listed(scope)
    form = _filter(request, rows)
    found = [row for row in rows if _kept(row, form)]
    towns = {town for row in found for town in row.alert.town_ids}
    labels = town_labels(towns, on=timezone.localdate())
    lines = [
        (
            row.alert.severity_label,
            row.alert.kind_label,
            row.alert.sentence,
            row.alert.due_on,
            ", ".join(labels[town].code for town in row.alert.town_ids),
            ", ".join(row.alert.department_codes),
            _decided(row.decision),
            row.decision.reason if row.decision else "",
        )
        for row in found
    ]
    return answer_table(kind, name="alertes", headings=_HEADINGS, rows=lines)


def _decided(decision: AlertDecision | None) -> str:
    if decision is None:
        return ""
    return "classée" if decision.until is None else f"reportée au {decision.until:%d/%m/%Y}"


@login_required
def decide(request: HttpRequest, verb: str) -> HttpResponse:
    """« Reporter » or « Classer », with the reason."""
    user, scope = _person(request)
    if not can_decide(user, scope):
        raise PermissionDenied
    key = request.GET.get("alerte", "")
    alert = next(
        (one for one in every_alert(scope, on=timezone.localdate()) if one.key == key), None
    )
    if alert is None:
        raise Http404("aucune alerte de ce périmètre ne porte cette clé")
    form_class = PutOffForm if verb == "reporter" else FileForm
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        signed = Authorship(at=timezone.now(), actor=user, reason=told["reason"])
        try:
            decide_alert(key=key, until=told.get("until"), by=signed)
        except (AlreadyDecided, NoSuchAlert, DayGoneBy):
            messages.warning(request, "Cette alerte a déjà reçu une suite.")
        else:
            done = "reportée" if verb == "reporter" else "classée"
            messages.success(request, f"Alerte {done}.")
        return redirect("alerts:index")
    title = "Reporter l’alerte" if verb == "reporter" else "Classer l’alerte"
    context = {"form": form, "alert": alert, "button": title, "back": reverse("alerts:index")}
    return render(request, "alerts/desk/decide.html", context | _furniture("Alertes", title))


@login_required
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring an alert back."""
    user, _ = _person(request)
    decision = get_object_or_404(AlertDecision, pk=pk)
    try:
        undo_decision(decision=decision, by=Authorship(at=timezone.now(), actor=user))
    except NoSuchAlert:
        raise Http404("aucune alerte de ce périmètre ne porte cette clé") from None
    messages.success(request, "L’alerte est de nouveau en cours.")
    return redirect("alerts:index")


@login_required
def digest(request: HttpRequest) -> HttpResponse:
    """This week's digest as it would leave now, and whether the person takes it."""
    user, scope = _person(request)
    if request.method == "POST":
        wanted = request.POST.get("wanted") == "oui"
        choose_digest(user=user, wanted=wanted, at=timezone.now())
        told = "Vous recevrez" if wanted else "Vous ne recevrez plus"
        messages.success(request, f"{told} le résumé hebdomadaire.")
        return redirect("alerts:digest")
    on = timezone.localdate()
    alerts = alerts_for(scope, on=on)
    context = {
        "rendered": render_digest(alerts, on=on) if alerts else None,
        "is_wanted": not DigestRefusal.objects.filter(user=user).exists(),
        "address": user.email,
    }
    furniture = _furniture("Alertes", "Résumé hebdomadaire")
    return render(request, "alerts/desk/digest.html", context | furniture)


@login_required
@require_safe
@xframe_options_sameorigin
@csp_replace(  # type: ignore[arg-type]
    {"script-src": ["'none'"], "style-src": ["'unsafe-inline'"], "frame-ancestors": ["'self'"]}
)
def digest_html(request: HttpRequest) -> HttpResponse:
    """The HTML part alone, for the frame of the preview."""
    _, scope = _person(request)
    on = timezone.localdate()
    return HttpResponse(render_digest(alerts_for(scope, on=on), on=on).html)


def _furniture(*titles: str) -> dict[str, Any]:
    """What the desk's own layout expects: a title, an icon, the way back."""
    above = [
        {"url": reverse("wagtailadmin_home"), "label": "Accueil"},
        *({"url": reverse("alerts:index"), "label": title} for title in titles[:-1]),
    ]
    return {
        "header_title": titles[-1],
        "page_title": titles[-1],
        "header_icon": _ICON,
        "breadcrumbs_items": [*above, {"url": "", "label": titles[-1]}],
    }

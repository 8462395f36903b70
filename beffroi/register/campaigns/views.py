"""The desk's pages of campaigns. Every page is bounded by the person's reach."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.desk.exports import FORMATS, answer_table
from beffroi.foundations.desk.keys import sent_keys
from beffroi.foundations.desk.permissions import reach_of
from beffroi.foundations.mandates.queries import Scope
from beffroi.foundations.territories.queries import town_labels

from .actions import (
    close_campaign,
    confirm_towns,
    open_campaign,
    prolong_campaign,
    remind_on_demand,
    undo_confirmations,
)
from .forms import CloseForm, OpenForm, ProlongForm
from .listing import TownFilter, matching_towns, page_of, rows_of
from .models import Campaign, ConfirmationKind
from .permissions import can_confirm, can_open, can_see
from .queries import (
    campaign_progress,
    freshness_by_area,
    running_campaigns,
    silent_keepers,
    undoable_batches,
)
from .wording import REFUSALS, word_refusal

_ICON = "clipboard-list"
_CAMPAIGNS = Campaign.objects.select_related("programme")


def _person(request: HttpRequest) -> tuple[User, Scope]:
    """The signed-in person and their reach; nobody without an area, no partner."""
    user = request.user
    if not isinstance(user, User) or not can_see(user, reach_of(user)):
        raise PermissionDenied
    return user, reach_of(user)


def _opener(request: HttpRequest) -> User:
    user, scope = _person(request)
    if not can_open(user, scope):
        raise PermissionDenied
    return user


def _signed(user: User, reason: str = "") -> Authorship:
    return Authorship(at=timezone.now(), actor=user, reason=reason)


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every campaign, the latest first, and how fresh the sheets of the area are."""
    user, scope = _person(request)
    on = timezone.localdate()
    listed = [
        (campaign, campaign.state_on(on), campaign_progress(campaign, scope, on=on).total)
        for campaign in Campaign.objects.all()[:20]
    ]
    areas = freshness_by_area(on, scope)
    context = {
        "listed": listed,
        "areas": areas,
        "up_to_date": sum(area.up_to_date for area in areas),
        "total": sum(area.total for area in areas),
        "can_open": can_open(user, scope),
    }
    return render(request, "campaigns/desk/index.html", context | _furniture("Campagnes"))


@login_required
@require_safe
def running(request: HttpRequest) -> HttpResponse:
    """The running campaign, or the list where none runs."""
    _person(request)
    campaign = running_campaigns(timezone.localdate()).first()
    if campaign is None:
        return redirect("campaigns:index")
    return redirect(reverse("campaigns:detail", args=[campaign.pk]) + "?etat=a-confirmer")


@login_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The towns of the area, what was answered, what remains."""
    user, scope = _person(request)
    on = timezone.localdate()
    campaign = get_object_or_404(_CAMPAIGNS, pk=pk)
    found = campaign_progress(campaign, scope, on=on)
    by_department = found.by_department()
    form = TownFilter(
        request.GET, departments=[(row.code, f"{row.name} ({row.code})") for row in by_department]
    )
    towns = matching_towns(found, form)
    page, rows = page_of(towns, request.GET.get("p"), found, user=user, on=on)
    context = {
        "campaign": campaign,
        "is_running": campaign.is_running(on),
        "days_left": (campaign.closes_on - on).days,
        "total": found.total,
        "by_department": by_department if len(by_department) > 1 else [],
        "form": form,
        "page": page,
        "rows": rows,
        "waiting": sum(row.answer is None for row in rows),
        "can_confirm": can_confirm(user) and campaign.is_running(on),
        "can_open": can_open(user, scope),
        "undoable": undoable_batches(user, at=timezone.now()),
        "formats": FORMATS,
        "here": request.get_full_path(),
    }
    furniture = _furniture("Campagnes", campaign.title)
    return render(request, "campaigns/desk/detail.html", context | furniture)


@login_required
@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """By région, by département, and who has not answered."""
    user, scope = _person(request)
    on = timezone.localdate()
    campaign = get_object_or_404(_CAMPAIGNS, pk=pk)
    found = campaign_progress(campaign, scope, on=on)
    context = {
        "campaign": campaign,
        "total": found.total,
        "by_region": found.by_region(),
        "by_department": found.by_department(),
        "silent": silent_keepers(found, on=on) if can_open(user, scope) else [],
        "can_open": can_open(user, scope),
        "is_running": campaign.is_running(on),
        "formats": FORMATS,
    }
    furniture = _furniture("Campagnes", campaign.title, "Avancement")
    furniture["breadcrumbs_items"][2]["url"] = reverse("campaigns:detail", args=[pk])
    furniture["header_title"] = f"{campaign.title}, avancement"
    return render(request, "campaigns/desk/progress.html", context | furniture)


@login_required
@require_safe
def export(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """Every town of the area with its answer."""
    user, scope = _person(request)
    on = timezone.localdate()
    campaign = get_object_or_404(_CAMPAIGNS, pk=pk)
    found = campaign_progress(campaign, scope, on=on)
    towns = sorted(found.asked, key=lambda town: found.areas.labels[town].code)
    lines = []
    for row in rows_of(towns, found, user=user, on=on):
        area = found.areas.names(found.areas.labels[row.town_id].department_code)
        answer = row.answer
        lines.append(
            (
                row.code,
                row.name,
                *area,
                answer.get_kind_display() if answer else "à confirmer",
                answer.confirmed_at if answer else None,
                str(answer.confirmed_by) if answer else "",
                answer.comment if answer else "",
                row.freshness_label,
                row.freshness.last_on,
            )
        )
    return answer_table(kind, name=f"campagne-{campaign.pk}", headings=_HEADINGS, rows=lines)


_HEADINGS = (
    "Code INSEE",
    "Commune",
    "Département",
    "Région",
    "Réponse",
    "Le",
    "Par",
    "Commentaire",
    "Fraîcheur",
    "Dernière confirmation ou modification",
)


@login_required
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """One town or several, unchanged or corrected; « toutes » asks once before it writes.

    The form carries what was seen of each sheet. Works for any page: `next` says which.
    """
    user, _ = _person(request)
    post = request.POST
    alone = post.get("only") or post.get("corrected")
    asks = "all" in post and "sure" not in post
    named = [alone] if alone else post.getlist("shown" if "all" in post else "town")
    towns = sent_keys(named)
    back = _back(request)
    if not towns:
        messages.warning(request, "Cochez d’abord au moins une commune.")
        return redirect(back)
    seen = {town: post.get(f"seen-{town}", "") for town in towns}
    if asks:
        return _ask_once(request, towns, seen, back)
    kind = ConfirmationKind.CORRECTED if post.get("corrected") else ConfirmationKind.UNCHANGED
    comment = post.get("comment", "")[:2000]
    try:
        done = confirm_towns(
            town_ids=towns, by=_signed(user), kind=kind, comment=comment, seen=seen
        )
    except REFUSALS as refusal:
        messages.error(request, word_refusal(refusal))
    else:
        count = len(done.confirmed)
        told = f"{count} communes confirmées" if count > 1 else "Commune confirmée"
        messages.success(request, f"{told}." if count else "Cette réponse était déjà enregistrée.")
    return redirect(back)


def _ask_once(
    request: HttpRequest, towns: list[int], seen: dict[int, str], back: str
) -> HttpResponse:
    labels = town_labels(towns, on=timezone.localdate())
    context = {
        "towns": [(town, labels[town], seen[town]) for town in towns if town in labels],
        "next": back,
    }
    furniture = _furniture("Campagnes", "Tout confirmer")
    return render(request, "campaigns/desk/confirm_all.html", context | furniture)


@login_required
@require_POST
def undo(request: HttpRequest, batch: uuid.UUID) -> HttpResponse:
    """Take back answers given a few minutes ago."""
    user, _ = _person(request)
    try:
        towns = undo_confirmations(batch=batch, by=_signed(user))
    except REFUSALS as refusal:
        messages.error(request, word_refusal(refusal))
    else:
        count = len(towns)
        told = f"{count} réponses annulées." if count > 1 else "Réponse annulée."
        messages.success(request, told)
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    """The page that sent the form, when it is one of this desk."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    home = reverse("wagtailadmin_home")
    return wanted if safe and wanted.startswith(home) else reverse("campaigns:index")


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """« Ouvrir une campagne »."""
    user = _opener(request)
    form = OpenForm(request.POST or None)

    def write() -> Campaign:
        return open_campaign(**form.cleaned_data, by=_signed(user))

    told = "Campagne enregistrée. Les courriels partent au prochain passage quotidien."
    return _form_page(request, form, write, "Ouvrir une campagne", told)


@login_required
def prolong(request: HttpRequest, pk: int) -> HttpResponse:
    """« Prolonger »."""
    user, campaign = _opener(request), get_object_or_404(_CAMPAIGNS, pk=pk)
    form = ProlongForm(request.POST or None, initial={"closes_on": campaign.closes_on})

    def write() -> Campaign:
        signed = _signed(user, form.cleaned_data["reason"])
        return prolong_campaign(
            campaign=campaign, closes_on=form.cleaned_data["closes_on"], by=signed
        )

    return _form_page(request, form, write, "Changer le dernier jour", "Dernier jour changé.", pk)


@login_required
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """« Clore »."""
    user, campaign = _opener(request), get_object_or_404(_CAMPAIGNS, pk=pk)
    form = CloseForm(request.POST or None)

    def write() -> Campaign:
        return close_campaign(campaign=campaign, by=_signed(user, form.cleaned_data["reason"]))

    return _form_page(request, form, write, "Clore la campagne", "Campagne close.", pk)


@login_required
@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """« Relancer »: write now to those who have not finished."""
    user, campaign = _opener(request), get_object_or_404(_CAMPAIGNS, pk=pk)
    try:
        count = remind_on_demand(campaign=campaign, by=_signed(user))
    except REFUSALS as refusal:
        messages.error(request, word_refusal(refusal))
    else:
        told = (
            f"Relance écrite à {count} personne{'s' if count > 1 else ''}."
            if count
            else "Personne à relancer\u00a0: chacun a fini, ou a déjà reçu un courriel aujourd’hui."
        )
        messages.success(request, told)
    return redirect("campaigns:progress", pk)


def _form_page(
    request: HttpRequest,
    form: forms.Form,
    write: Callable[[], Campaign],
    title: str,
    told: str,
    pk: int | None = None,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            campaign = write()
        except REFUSALS as refusal:
            form.add_error(None, word_refusal(refusal))
        else:
            messages.success(request, told)
            return redirect("campaigns:detail", campaign.pk)
    back = reverse("campaigns:detail", args=[pk]) if pk else reverse("campaigns:index")
    context = {"form": form, "button": title, "back": back}
    return render(request, "campaigns/desk/form.html", context | _furniture("Campagnes", title))


def _furniture(*titles: str) -> dict[str, Any]:
    """What the desk's own layout expects: a title, an icon, the way back."""
    above = [
        {"url": reverse("wagtailadmin_home"), "label": "Accueil"},
        *({"url": reverse("campaigns:index"), "label": title} for title in titles[:-1]),
    ]
    return {
        "header_title": titles[-1],
        "page_title": titles[-1],
        "header_icon": _ICON,
        "breadcrumbs_items": [*above, {"url": "", "label": titles[-1]}],
    }

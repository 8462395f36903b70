"""A report on its way: prepared, reviewed by another person, frozen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beffroi.foundations.accounts.models import User
from beffroi.foundations.desk.permissions import reach_of
from beffroi.foundations.desk.queries import history_of

from ..actions import (
    Wanted,
    amend_preparation,
    draft_of,
    freeze_preparation,
    give_up_preparation,
    prepare_report,
    resume_preparation,
    review_report,
    send_back_preparation,
)
from ..comparison.words import word_cause, word_counts, word_difference, word_value
from ..forms import AmendForm, PrepareForm, territory_choices
from ..models import Preparation
from ..permissions import covers
from ..presentation import write_sections
from ..queries import Draft, UnknownSnapshot, compare_with_last, get_snapshot
from ..wording import REFUSALS, word_refusal
from .checks import checks_of
from .furniture import furnish, maker, reader

_MOST_ROWS = 60


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """« Préparer »: a day, a territory looked for by its name, a foreword."""
    user = maker(request)
    told, asked = request.POST, request.GET
    sought = (told.get("q") or asked.get("q") or "").strip()[:100]
    initial = _revised(asked.get("reviser", "").replace("\0", ""), user)
    choices = territory_choices(user, sought, kept=str(initial.get("territory", "")))
    is_sent = request.method == "POST" and "chercher" not in told
    form = PrepareForm(told if is_sent else None, choices=choices, initial=initial | told.dict())
    if is_sent and form.is_valid():
        try:
            made = prepare_report(
                wanted=Wanted(**form.cleaned_data), prepared_by=user, prepared_at=timezone.now()
            )
        except REFUSALS as refusal:
            form.add_error(None, word_refusal(refusal))
        else:
            messages.success(request, "Point d’avancement préparé. Une autre personne le relit.")
            return redirect("progress_desk:preparation", made.pk)
    context = {
        "form": form,
        "sought": sought,
        "is_found": bool(choices) and choices[0][0].startswith("Trouvés"),
    }
    return render(
        request, "progress/desk/prepare.html", context | furnish("Préparer un point d’avancement")
    )


@login_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Its steps, every figure, what changed since the last one, what to look at.

    Figures are measured once in a state of the register, and again where one asks (`?mesurer=1`).
    """
    user = reader(request)
    preparation = _reached(user, pk)
    context: dict[str, Any] = {
        "preparation": preparation,
        "snapshot": preparation.snapshot,
        "is_own": preparation.prepared_by_id == user.pk,
        "can_act": user.has_perm("progress.add_snapshot"),
        "history": history_of(preparation),
    }
    if preparation.is_open:
        try:
            context |= _measured(draft_of(preparation, anew="mesurer" in request.GET))
        except REFUSALS as refusal:
            context["unmeasured"] = word_refusal(refusal)
    return render(request, "progress/desk/preparation.html", context | furnish(_title(preparation)))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """« Modifier » : the words; a review falls."""
    user = maker(request)
    preparation = _reached(user, pk)
    form = AmendForm(
        request.POST or None,
        initial={"foreword": preparation.foreword, "reason": preparation.reason},
    )
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        said = "Enregistré. Une autre personne relit."
        if _done(
            request,
            lambda: amend_preparation(
                preparation_id=pk, amended_by=user, amended_at=now, **form.cleaned_data
            ),
            said,
        ):
            return redirect("progress_desk:preparation", pk)
    context = {"form": form, "preparation": preparation}
    return render(request, "progress/desk/amend.html", context | furnish("Modifier"))


@login_required
@require_POST
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """« J’ai relu ces chiffres »."""
    user = maker(request)
    _reached(user, pk)
    _done(
        request,
        lambda: review_report(
            preparation_id=pk,
            seen_fingerprint=_text(request, "fingerprint"),
            reviewed_by=user,
            reviewed_at=timezone.now(),
        ),
        "Relecture enregistrée\u00a0: ces chiffres peuvent être figés.",
    )
    return redirect("progress_desk:preparation", pk)


@login_required
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """« Renvoyer », with a remark."""
    user = maker(request)
    _reached(user, pk)
    _done(
        request,
        lambda: send_back_preparation(
            preparation_id=pk,
            remark=_text(request, "remark")[:2000],
            reviewed_by=user,
            reviewed_at=timezone.now(),
        ),
        "Renvoyé avec votre remarque.",
    )
    return redirect("progress_desk:preparation", pk)


@login_required
@require_POST
def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """« Figer » the figures that were reviewed."""
    user = maker(request)
    preparation = _reached(user, pk)
    is_frozen = _done(
        request,
        lambda: freeze_preparation(preparation_id=pk, frozen_by=user, frozen_at=timezone.now()),
        "Point d’avancement figé. Il reste à le publier.",
    )
    if not is_frozen:
        return redirect("progress_desk:preparation", pk)
    preparation.refresh_from_db()
    return redirect("progress_desk:snapshot", str(preparation.snapshot))


@login_required
@require_POST
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """« Abandonner »."""
    user = maker(request)
    _reached(user, pk)
    _done(
        request,
        lambda: give_up_preparation(
            preparation_id=pk, given_up_by=user, given_up_at=timezone.now()
        ),
        "Préparation abandonnée. Elle peut être reprise.",
    )
    return redirect("progress_desk:preparation", pk)


@login_required
@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """« Reprendre » what was given up."""
    user = maker(request)
    _reached(user, pk)
    _done(
        request,
        lambda: resume_preparation(preparation_id=pk, resumed_by=user, resumed_at=timezone.now()),
        "Préparation reprise.",
    )
    return redirect("progress_desk:preparation", pk)


def _reached(user: User, pk: int) -> Preparation:
    """The preparation; 404 where it is out of reach, as where it does not exist."""
    rows = Preparation.objects.select_related("prepared_by", "reviewed_by", "snapshot__publication")
    found = rows.defer("snapshot__content", "snapshot__rows").filter(pk=pk).first()
    if found is None or not covers(reach_of(user), found.territory, on=found.as_of):
        raise Http404(str(pk))
    return found


def _done(request: HttpRequest, act: Callable[[], object], said: str) -> bool:
    """Do it and say so, or say why not."""
    try:
        act()
    except REFUSALS as refusal:
        messages.error(request, word_refusal(refusal))
        return False
    messages.success(request, said)
    return True


def _measured(draft: Draft) -> dict[str, Any]:
    comparison = compare_with_last(draft.frozen, programme=draft.programme)
    changes = {change.code: change for change in comparison.figures} if comparison else {}
    sections = [
        (
            section.heading,
            [
                {
                    "written": written,
                    "change": _written_change(changes.get(written.figure.code)),
                }
                for written in section.figures
            ],
        )
        for section in write_sections(draft.report)
    ]
    return {
        "sections": sections,
        "fingerprint": draft.frozen.fingerprint,
        "last": comparison.before if comparison else None,
        "checks": checks_of(draft.report, comparison),
        "measured_at": draft.measured_at,
    }


def _written_change(change: Any) -> dict[str, Any] | None:
    """What a figure was, by how much it differs, and the rows that moved."""
    if change is None:
        return None
    return {
        "before": word_value(change, is_after=False),
        "difference": word_difference(change),
        "counts": word_counts(change),
        "rows": [
            (movement.name or movement.mark, movement.mark, word_cause(change, movement))
            for movement in change.movements[:_MOST_ROWS]
        ],
        "more": max(0, len(change.movements) - _MOST_ROWS),
    }


def _revised(reference: str, user: User) -> dict[str, Any]:
    """The day and territory of a frozen report to be revised."""
    if not reference:
        return {"as_of": timezone.localdate()}
    try:
        found = get_snapshot(reference)
    except UnknownSnapshot:
        raise Http404(reference) from None
    if not covers(reach_of(user), found.territory, on=found.as_of):
        raise Http404(reference)
    return {
        "as_of": found.as_of,
        "territory": found.territory,
        "foreword": found.report.foreword,
    }


def _title(preparation: Preparation) -> str:
    return f"{preparation.territory_name}, {preparation.day}"


def _text(request: HttpRequest, name: str) -> str:
    """What a person wrote in one field, without the character that no database holds."""
    return request.POST.get(name, "").replace("\0", "")

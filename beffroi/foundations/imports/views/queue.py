"""« Lignes à corriger »: what imports refused, to be corrected and replayed, or abandoned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.desk.exports import answer_table
from beffroi.foundations.desk.keys import sent_keys
from beffroi.foundations.desk.permissions import reach_of
from beffroi.foundations.imports.actions import (
    AlreadyDealtWith,
    Replay,
    abandon_row,
    replay_rows,
)
from beffroi.foundations.imports.declarations import FollowUpFile
from beffroi.foundations.imports.forms import AbandonForm, CorrectionForm
from beffroi.foundations.imports.kinds import cells_of, kind_of
from beffroi.foundations.imports.models import RefusedRow
from beffroi.foundations.imports.permissions import (
    can_correct,
    can_see_queue,
    visible_refused_rows,
)
from beffroi.foundations.imports.report import Outcome
from beffroi.foundations.imports.views.people import asked, frame, page_of, person, query_without

_ROWS, _MOST_REPLAYED = 50, 500
_STATES = {"attente": "à corriger", "traitees": "traitées", "toutes": "toutes"}
_HEADINGS = ("fichier", "ligne", "colonne", "valeur", "motif", "reçue le", "traitée le")
_ALREADY = "Quelqu’un a traité cette ligne entre-temps : voyez ce qui en a été fait."
DONE = {
    Outcome.CREATED: "créée",
    Outcome.UPDATED: "modifiée",
    Outcome.UNCHANGED: "déjà au registre",
    Outcome.DUPLICATE: "en double",
}


@login_required
@require_safe
def queue(request: HttpRequest) -> HttpResponseBase:
    """The rows that wait, filtered; as a table where one asks for it."""
    user = person(request, can_see_queue)
    reached = visible_refused_rows(user)
    state = request.GET.get("etat", "attente")
    rows = _filtered(request, reached, state)
    if request.GET.get("export") == "csv":
        return answer_table("csv", name="lignes-a-corriger", headings=_HEADINGS, rows=_table(rows))
    names = reached.order_by("file_name").values_list("file_name", flat=True).distinct()
    context = {
        **frame("Lignes à corriger", "warning"),
        "page": page_of(request, rows.order_by("-received_at", "file_name", "line"), _ROWS),
        "states": [(name, words, name == state) for name, words in _STATES.items()],
        "state": state,
        "names": names,
        "file": asked(request, "fichier"),
        "asked": asked(request, "q"),
        "query": query_without(request, "p"),
        "waiting": reached.filter(resolved_at__isnull=True).count(),
        "can_correct": can_correct(user),
    }
    return render(request, "imports/desk/queue.html", context)


def _filtered(request: HttpRequest, rows: QuerySet[RefusedRow], state: str) -> QuerySet[RefusedRow]:
    if state != "toutes":
        rows = rows.filter(resolved_at__isnull=state != "traitees")
    if file := asked(request, "fichier"):
        rows = rows.filter(file_name=file)
    if text := asked(request, "q"):
        columns = ("file_name", "column", "value", "reason")
        wanted = Q()
        for column in columns:
            wanted |= Q(**{f"{column}__icontains": text})
        rows = rows.filter(wanted)
    return rows


def _table(rows: QuerySet[RefusedRow]) -> Iterator[list[Any]]:
    for row in rows.order_by("file_name", "line"):
        received, resolved = row.received_at, row.resolved_at
        yield [row.file_name, row.line, row.column, row.value, row.reason, received, resolved]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """One refused row, cell by cell: try a correction, then replay it."""
    user = person(request, can_see_queue)
    found = get_object_or_404(visible_refused_rows(user), pk=pk)
    declared = kind_of(found)
    if request.method == "POST" and declared is not None and not found.resolved_at:
        return _correct(request, person(request, can_correct), found, declared)
    form = None
    if declared is not None and not found.resolved_at:
        form = CorrectionForm(declared=declared, cells=cells_of(found, declared))
    return _show(request, user, found, form)


def _correct(
    request: HttpRequest, user: User, found: RefusedRow, declared: FollowUpFile[Any]
) -> HttpResponse:
    """Bring the typed cells in; what is still refused is told beside its cell."""
    form = CorrectionForm(request.POST, declared=declared, cells=cells_of(found, declared))
    if not form.is_valid():
        return _show(request, user, found, form)
    is_trial = "essai" in request.POST
    try:
        replay = _replay(user, [found], {found.pk: form.cells}, is_dry_run=is_trial)
    except AlreadyDealtWith:
        messages.error(request, _ALREADY)
        return redirect("imports_desk:row", pk=found.pk)
    if faults := replay.refused.get(found.pk):
        form.place(faults)
        return _show(request, user, found, form)
    if is_trial:
        return _show(request, user, found, form, trial=replay)
    messages.success(request, f"Ligne traitée : {DONE[replay.outcomes[found.pk]]}.")
    return redirect("imports_desk:row", pk=found.pk)


def _replay(
    user: User, rows: list[RefusedRow], cells: dict[int, dict[str, str]], *, is_dry_run: bool
) -> Replay:
    now = timezone.now()
    return replay_rows(
        rows=rows,
        today=timezone.localdate(now),
        by=Authorship(at=now, actor=user),
        scope=reach_of(user),
        cells=cells,
        is_dry_run=is_dry_run,
    )


def _show(
    request: HttpRequest,
    user: User,
    found: RefusedRow,
    form: CorrectionForm | None,
    trial: Replay | None = None,
) -> HttpResponse:
    title = f"{found.file_name}, ligne {found.line}"
    context = {
        **frame(title, "warning", ("imports_desk:queue", "Lignes à corriger")),
        "row": found,
        "kind": kind_of(found),
        "form": form,
        "trial": trial,
        "trial_outcome": DONE[trial.outcomes[found.pk]] if trial else "",
        "abandon": AbandonForm(),
        "can_correct": can_correct(user),
        "lacks_funder": "financeur inconnu" in found.reason,
    }
    return render(request, "imports/desk/row.html", context)


@login_required
@require_POST
def replay_selected(request: HttpRequest) -> HttpResponse:
    """Bring the chosen rows in as they were received, after an unknown funder was added say."""
    user = person(request, can_correct)
    chosen = sent_keys(request.POST.getlist("ligne"))[:_MOST_REPLAYED]
    rows = visible_refused_rows(user).filter(pk__in=chosen, resolved_at__isnull=True)
    alone = rows.filter(is_contradicted=True).count()
    found = list(rows.filter(is_contradicted=False))
    if not found and not alone:
        messages.warning(request, "Cochez au moins une ligne à rejouer.")
        return redirect("imports_desk:queue")
    try:
        replay = _replay(user, found, {}, is_dry_run=False)
    except AlreadyDealtWith:
        messages.error(request, _ALREADY)
        return redirect("imports_desk:queue")
    _tell_replayed(request, len(replay.outcomes), len(replay.refused), alone)
    return redirect("imports_desk:queue")


def _tell_replayed(request: HttpRequest, done: int, refused: int, alone: int) -> None:
    if done:
        messages.success(request, f"{done} ligne{'s' * (done > 1)} reprise{'s' * (done > 1)}.")
    if refused:
        told = "restent refusées, avec leur motif du jour" if refused > 1 else "reste refusée"
        messages.warning(request, f"{refused} ligne{'s' * (refused > 1)} {told}.")
    if alone:
        messages.warning(
            request,
            f"{alone} ligne{'s' * (alone > 1)} en contredi{'sent' if alone > 1 else 't'} une autre "
            "de son fichier : à ouvrir une par une, pour choisir.",
        )


@login_required
@require_POST
def abandon(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a row aside for good, with a reason."""
    user = person(request, can_correct)
    found = get_object_or_404(visible_refused_rows(user), pk=pk)
    form = AbandonForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["reason"][0]))
        return redirect("imports_desk:row", pk=pk)
    by = Authorship(at=timezone.now(), actor=user, reason=form.cleaned_data["reason"])
    try:
        abandon_row(row=found, by=by)
    except AlreadyDealtWith:
        messages.error(request, _ALREADY)
    else:
        messages.success(request, "La ligne est abandonnée.")
    return redirect("imports_desk:row", pk=pk)

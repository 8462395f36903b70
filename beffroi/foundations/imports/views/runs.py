"""« Reprendre des fichiers »: bring files, read the preview, write exactly that."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.desk.exports import answer_table
from beffroi.foundations.imports.actions import (
    HasRefusals,
    NotWaiting,
    OtherPreview,
    agree_to_run,
    cancel_run,
    is_stuck,
    open_run,
    take_up_run,
)
from beffroi.foundations.imports.declarations import follow_up_files
from beffroi.foundations.imports.forms import UploadForm
from beffroi.foundations.imports.models import ImportRun, RunState
from beffroi.foundations.imports.permissions import can_import, visible_runs
from beffroi.foundations.imports.report import Outcome
from beffroi.foundations.imports.storage import KEPT_DAYS
from beffroi.foundations.imports.tasks import preview_import, write_import
from beffroi.foundations.imports.views.people import asked, frame, page_of, person, query_without

# Some two thousand rows: read in a second or two, while the person waits.
_SMALL = 200_000
_ROWS, _RUNS, _REFRESH = 50, 20, 3
_HEADINGS = ("fichier", "ligne", "colonne", "valeur", "motif")
_log = logging.getLogger(__name__)

OUTCOMES = {
    Outcome.CREATED: ("à créer", "créées"),
    Outcome.UPDATED: ("à modifier", "modifiées"),
    Outcome.UNCHANGED: ("inchangées", "inchangées"),
    Outcome.DUPLICATE: ("en double", "en double"),
    Outcome.REFUSED: ("refusées", "refusées"),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def runs(request: HttpRequest) -> HttpResponse:
    """Bring files; and the imports of before."""
    user = person(request, can_import)
    is_sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm()
    if is_sent and form.is_valid():
        by = Authorship(at=timezone.now(), actor=user)
        run = open_run(actor=user, uploads=form.cleaned_data["fichiers"], by=by)
        _start(preview_import, run)
        return redirect(_url(run))
    context = {
        **frame("Reprendre des fichiers", "upload"),
        "form": form,
        "page": page_of(request, visible_runs(user), _RUNS),
        "kinds": follow_up_files().values(),
        "kept_days": KEPT_DAYS,
    }
    return render(request, "imports/desk/runs.html", context)


@login_required
@require_safe
def run(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far an import is: its progress, its preview, or its result."""
    user = person(request, can_import)
    found = get_object_or_404(visible_runs(user), uid=uid)
    now = timezone.now()
    context = {
        **frame(_title(found), "upload", ("imports_desk:runs", "Reprendre des fichiers")),
        "run": found,
        "is_stuck": is_stuck(found, at=now),
        "is_mine": found.created_by_id == user.pk,
        "files": _files(found),
        "kept_days": KEPT_DAYS,
    }
    if found.is_working and not context["is_stuck"]:
        response = render(request, "imports/desk/progress.html", context)
        if "arret" not in request.GET:
            response["Refresh"] = str(_REFRESH)
        return response
    context |= _preview(request, found)
    return render(request, "imports/desk/run.html", context)


def _preview(request: HttpRequest, found: ImportRun) -> dict[str, Any]:
    """The rows, by outcome and by file."""
    outcome, file = asked(request, "devenir"), asked(request, "fichier")
    rows = found.rows.all()
    if outcome in set(Outcome):
        rows = rows.filter(outcome=outcome)
    if file:
        rows = rows.filter(file_name=file)
    totals = found.totals
    is_done = found.state == RunState.WRITTEN
    refused = totals.get(Outcome.REFUSED, 0)
    return {
        "page": page_of(request, rows, _ROWS),
        "tabs": [
            (name, words[is_done], totals.get(name, 0))
            for name, words in OUTCOMES.items()
            if not is_done or found.rows.filter(outcome=name).exists()
        ],
        "headings": [words[is_done] for words in OUTCOMES.values()],
        "outcome": outcome,
        "file": file,
        "query": query_without(request, "p"),
        "writes": totals.get(Outcome.CREATED, 0) + totals.get(Outcome.UPDATED, 0),
        "refused": refused,
        "lacks_funder": _lacks_funder(found),
        "busy": _busy(found),
    }


def _files(found: ImportRun) -> list[dict[str, Any]]:
    kinds = follow_up_files()
    return [
        {
            "name": name,
            "label": kinds[kind].label if (kind := found.kinds.get(name)) in kinds else "non lu",
            "counts": [(outcome, counts.get(outcome, 0)) for outcome in OUTCOMES],
        }
        for name, counts in found.counts.items()
    ]


def _lacks_funder(found: ImportRun) -> bool:
    rows = found.rows.filter(outcome=Outcome.REFUSED).values_list("remarks", flat=True)[:500]
    return any("financeur inconnu" in reason for remarks in rows for _, _, reason in remarks)


def _busy(found: ImportRun) -> ImportRun | None:
    """Another import that is being written right now."""
    others = ImportRun.objects.filter(state=RunState.WRITING).exclude(pk=found.pk)
    return others.select_related("created_by").first()


@login_required
@require_POST
def agree(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write what was previewed: its fingerprint comes with the form."""
    user = person(request, can_import)
    found = get_object_or_404(visible_runs(user), uid=uid, created_by=user)
    agreed = request.POST.get("apercu", "")
    is_partial = request.POST.get("portee") == "bonnes"
    try:
        found = agree_to_run(run=found, agreed=agreed, is_partial=is_partial, at=timezone.now())
    except NotWaiting:
        messages.error(request, "Cette reprise n’attend plus de décision : voyez où elle en est.")
    except OtherPreview:
        messages.error(request, "L’aperçu a changé depuis que vous l’avez lu : relisez-le.")
    except HasRefusals:
        messages.error(request, "Des lignes sont refusées : rien ne s’écrit d’un bloc.")
    else:
        _start(write_import, found)
        _tell_written(request, found)
    return redirect(_url(found))


def _tell_written(request: HttpRequest, found: ImportRun) -> None:
    found.refresh_from_db()
    if found.state == RunState.WRITTEN:
        messages.success(request, "La reprise est écrite au registre.")


@login_required
@require_POST
def cancel(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give the import up: its files are deleted at once."""
    return _decide(request, uid, cancel_run, "La reprise est abandonnée, ses fichiers effacés.")


@login_required
@require_POST
def take_up(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Read again the files of an import that stopped."""
    response = _decide(request, uid, take_up_run, "Les fichiers sont relus.")
    found = ImportRun.objects.get(uid=uid)
    if found.state == RunState.READING:
        _start(preview_import, found)
    return response


def _decide(request: HttpRequest, uid: UUID, decision: Any, words: str) -> HttpResponse:
    user = person(request, can_import)
    found = get_object_or_404(visible_runs(user), uid=uid)
    try:
        decision(run=found, at=timezone.now())
    except NotWaiting:
        messages.error(request, "Cette reprise n’attend plus de décision : voyez où elle en est.")
    else:
        messages.success(request, words)
    return redirect(_url(found))


@login_required
@require_safe
def refusals(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The refused rows as a table, one line per reason."""
    user = person(request, can_import)
    found = get_object_or_404(visible_runs(user), uid=uid)
    name = f"lignes-refusees-{timezone.localtime(found.created_at):%Y-%m-%d}"
    return answer_table("csv", name=name, headings=_HEADINGS, rows=_refusals(found))


def _refusals(found: ImportRun) -> Iterator[list[Any]]:
    for row in found.rows.filter(outcome=Outcome.REFUSED).iterator():
        for column, value, reason in row.remarks:
            yield [row.file_name, row.line or 1, column, value, reason]


def _start(task: Any, found: ImportRun) -> None:
    """At once when the files are small, else in the background."""
    if found.size > _SMALL:
        transaction.on_commit(lambda: task.enqueue(found.pk))
        return
    try:
        task.call(found.pk)
    except Exception:
        # The page tells that it stopped and offers to take it up; the trace is for the operator.
        _log.exception("import %s stopped", found.uid)


def _title(found: ImportRun) -> str:
    day: datetime = timezone.localtime(found.created_at)
    noun = "Aperçu" if found.state == RunState.PREVIEWED else "Reprise"
    return f"{noun} du {day:%d/%m/%Y à %H:%M}"


def _url(found: ImportRun) -> str:
    return reverse("imports_desk:run", args=[found.uid])

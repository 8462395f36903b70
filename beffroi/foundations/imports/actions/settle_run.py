"""What a person decides of an import: write it, give it up, take it up again; and its end."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from beffroi.foundations.imports.models import ImportRun, RunState
from beffroi.foundations.imports.report import Outcome
from beffroi.foundations.imports.storage import KEPT_DAYS, forget_files

# A task that gave no sign for so long died with its process.
SILENCE = timedelta(minutes=10)


class NotWaiting(Exception):
    """The import is not waiting for this decision: somebody decided already."""


class OtherPreview(Exception):
    """The person agreed to another preview than the last one."""


class HasRefusals(Exception):
    """Some rows are refused: all or nothing writes nothing."""


@transaction.atomic
def agree_to_run(*, run: ImportRun, agreed: str, is_partial: bool, at: datetime) -> ImportRun:
    """Let what was previewed be written. Raises NotWaiting, OtherPreview, HasRefusals."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state != RunState.PREVIEWED:
        raise NotWaiting
    if run.agreed != agreed:
        raise OtherPreview
    if run.totals.get(Outcome.REFUSED) and not is_partial:
        raise HasRefusals
    run.state, run.is_partial = RunState.WRITING, is_partial
    run.step, run.percent, run.touched_at = "", 0, at
    run.save()
    return run


@transaction.atomic
def take_up_run(*, run: ImportRun, at: datetime) -> ImportRun:
    """Read again the files of an import that stopped: nothing of it was written, or all of it, and
    the new preview tells which. Raises NotWaiting."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if not is_stuck(run, at=at):
        raise NotWaiting
    run.state, run.step, run.percent, run.touched_at = RunState.READING, "", 0, at
    run.save()
    return run


def is_stuck(run: ImportRun, *, at: datetime) -> bool:
    """Whether its task stopped."""
    return run.state == RunState.FAILED or (run.is_working and at - run.touched_at > SILENCE)


@transaction.atomic
def cancel_run(*, run: ImportRun, at: datetime, state: RunState = RunState.CANCELLED) -> None:
    """Give an import up and forget its files. Raises NotWaiting."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state != RunState.PREVIEWED and not is_stuck(run, at=at):
        raise NotWaiting
    run.state, run.ended_at, run.touched_at = state, at, at
    run.save()
    run.rows.all().delete()
    transaction.on_commit(lambda: forget_files(run))


def expire_runs(*, at: datetime) -> int:
    """Give up the imports that nobody decided of; says how many."""
    waiting = [RunState.PREVIEWED, RunState.FAILED, RunState.READING, RunState.WRITING]
    runs = ImportRun.objects.filter(state__in=waiting, touched_at__lt=at - timedelta(KEPT_DAYS))
    for run in runs:
        cancel_run(run=run, at=at, state=RunState.EXPIRED)
    return len(runs)

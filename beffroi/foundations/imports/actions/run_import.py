"""Read the files of an import, tell what they would do; then do exactly that, or nothing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.imports.actions.bring_rows import OtherThanPreviewed, Terms
from beffroi.foundations.imports.actions.import_files import import_on_terms
from beffroi.foundations.imports.models import ImportRun, PreviewedRow, RunState
from beffroi.foundations.imports.report import Outcome, Report
from beffroi.foundations.imports.storage import files_of, forget_files
from beffroi.foundations.mandates.queries import scope_of

_BATCH = 500
# Once written, what was refused or changed stays readable; the rest is in the counts.
_TELLING = (Outcome.REFUSED, Outcome.UPDATED)


def preview_run(*, run: ImportRun, at: datetime) -> None:
    """Read the files and keep what would become of each row; nothing is written."""
    try:
        report = _bring(run, at, is_dry_run=True)
        _keep_preview(run, report, has_changed=False)
    except Exception:
        _fail(run)
        raise


def write_run(*, run: ImportRun, at: datetime) -> None:
    """Write what was previewed and agreed to; where it would be something else by now, keep the
    new preview instead and write nothing."""
    try:
        report = _bring(run, at, expected=run.agreed)
    except OtherThanPreviewed as other:
        _keep_preview(run, other.report, has_changed=True)
    except Exception:
        _fail(run)
        raise
    else:
        _close(run, report, at)


def _bring(run: ImportRun, at: datetime, *, is_dry_run: bool = False, expected: str = "") -> Report:
    today = timezone.localdate(at)

    def tell(step: str, percent: int) -> None:
        ImportRun.objects.filter(pk=run.pk).update(
            step=step, percent=percent, touched_at=timezone.now()
        )

    terms = Terms(
        today=today,
        by=Authorship(at=at, actor=run.created_by),
        scope=scope_of(run.created_by, on=today),
        is_partial=run.is_partial,
        is_dry_run=is_dry_run,
        expected=expected,
        tell=tell,
    )
    with files_of(run) as folder:
        return import_on_terms(path=folder, terms=terms)


@transaction.atomic
def _keep_preview(run: ImportRun, report: Report, *, has_changed: bool) -> None:
    run.rows.all().delete()
    PreviewedRow.objects.bulk_create(_rows(run, report), batch_size=_BATCH)
    run.state, run.has_changed = RunState.PREVIEWED, has_changed
    run.agreed, run.counts, run.kinds = report.fingerprint, report.files, report.kinds
    run.ignored, run.notes = report.ignored, _file_notes(report)
    run.step, run.percent, run.touched_at = "", 100, timezone.now()
    run.save()


@transaction.atomic
def _close(run: ImportRun, report: Report, at: datetime) -> None:
    run.state, run.ended_at, run.counts = RunState.WRITTEN, at, report.files
    run.step, run.percent, run.touched_at = "", 100, timezone.now()
    run.save()
    run.rows.exclude(outcome__in=_TELLING).delete()
    transaction.on_commit(lambda: forget_files(run))


def _fail(run: ImportRun) -> None:
    ImportRun.objects.filter(pk=run.pk).update(state=RunState.FAILED, touched_at=timezone.now())


def _rows(run: ImportRun, report: Report) -> list[PreviewedRow]:
    remarks: defaultdict[tuple[str, int], list[list[str]]] = defaultdict(list)
    changes: defaultdict[tuple[str, int], list[list[str]]] = defaultdict(list)
    for remark in (*report.refused, *report.notes):
        line = 0 if remark.file in report.refused_files and remark.line == 1 else remark.line
        remarks[remark.file, line].append([remark.column, remark.value, remark.reason])
    for change in report.changes:
        changes[change.file, change.line].append([change.column, change.old, change.new])
    return [
        PreviewedRow(
            run=run,
            file_name=row.file,
            line=row.line,
            outcome=row.outcome,
            key=row.key,
            remarks=remarks.get((row.file, row.line), []),
            changes=changes.get((row.file, row.line), []),
        )
        for row in report.rows
    ]


def _file_notes(report: Report) -> list[dict[str, object]]:
    """What is said of a whole file: a column, a sheet left aside."""
    return [asdict(note) for note in report.notes if note.line == 1]

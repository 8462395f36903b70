"""What must not hold a page of the desk: reading and writing long files."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from beffroi.foundations.imports.actions import preview_run, write_run
from beffroi.foundations.imports.models import ImportRun, RunState


@task()
def preview_import(run_id: int) -> None:
    """Read the files of an import, unless it was given up meanwhile."""
    run = ImportRun.objects.filter(pk=run_id, state=RunState.READING).first()
    if run:
        preview_run(run=run, at=timezone.now())


@task()
def write_import(run_id: int) -> None:
    """Write an import that was agreed to. Killed midway, it wrote nothing."""
    run = ImportRun.objects.filter(pk=run_id, state=RunState.WRITING).first()
    if run:
        write_run(run=run, at=timezone.now())

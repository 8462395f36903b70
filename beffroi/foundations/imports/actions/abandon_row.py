"""Set a refused row aside, with a reason."""

from __future__ import annotations

from django.db import transaction

from beffroi.foundations.audit.actions import Authorship, record_changes
from beffroi.foundations.imports.actions.replay_rows import AlreadyDealtWith
from beffroi.foundations.imports.models import RefusedRow, Resolution


@transaction.atomic
def abandon_row(*, row: RefusedRow, by: Authorship) -> None:
    """Say that a row will not come in, and why (`by.reason`). Raises AlreadyDealtWith."""
    row = RefusedRow.objects.select_for_update().get(pk=row.pk)
    if row.resolved_at:
        raise AlreadyDealtWith
    row.resolution, row.resolution_reason = Resolution.ABANDONED, by.reason
    row.resolved_at, row.resolved_by = by.at, by.actor
    row.save()
    told = {"resolution": (None, Resolution.ABANDONED.value)}
    record_changes(verb="abandon_row", rows=[(row, told)], by=by)

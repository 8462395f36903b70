"""Take back answers given a few minutes ago."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction

from beffroi.foundations.audit.actions import Authorship, record_changes

from ..models import Confirmation
from ..rules import may_undo


class TooLateToUndo(ValueError):
    """The answers were given too long ago."""


@transaction.atomic
def undo_confirmations(*, batch: uuid.UUID, by: Authorship) -> frozenset[int]:
    """Take back what was answered at once, by the person who did; says which towns are asked
    again. A second time does nothing. Raises PermissionDenied, TooLateToUndo."""
    rows = list(
        Confirmation.objects.select_for_update().filter(batch=batch, withdrawn_at__isnull=True)
    )
    if any(row.confirmed_by_id != getattr(by.actor, "pk", None) for row in rows):
        raise PermissionDenied
    if not all(may_undo(confirmed_at=row.confirmed_at, at=by.at) for row in rows):
        raise TooLateToUndo
    Confirmation.objects.filter(pk__in=[row.pk for row in rows]).update(withdrawn_at=by.at)
    told = [(row, {"withdrawn_at": (None, by.at)}) for row in rows]
    record_changes(verb="undo_confirmations", rows=told, by=by)
    return frozenset(row.town_id for row in rows)

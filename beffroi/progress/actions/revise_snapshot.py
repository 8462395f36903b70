"""Correct a frozen report by another revision."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from beffroi.foundations.accounts.models import User

from ..models import Snapshot
from ..queries import get_snapshot
from .freeze_snapshot import freeze_snapshot


class RevisionNeedsReason(ValueError):
    """A correction says why."""


@transaction.atomic
def revise_snapshot(
    *, reference: str, reason: str, frozen_at: datetime, frozen_by: User | None = None
) -> Snapshot:
    """Measure again the day and territory of a frozen report, and freeze the next revision.

    Gives back the last revision where its figures still hold. Raises RevisionNeedsReason,
    UnknownSnapshot, and what `freeze_snapshot` raises.
    """
    if not reason.strip():
        raise RevisionNeedsReason
    snapshot = get_snapshot(reference)
    return freeze_snapshot(
        as_of=snapshot.as_of,
        territory=snapshot.territory,
        frozen_at=frozen_at,
        frozen_by=frozen_by,
        reason=reason,
    )

"""Freeze the figures that were reviewed, and no others."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from beffroi.foundations.accounts.models import User

from ..models import Snapshot
from ..queries import last_revision
from ..reviewed import Moved, moved_since
from .freeze_snapshot import keep_revision, lock_reports
from .preparing import lock_open_preparation
from .review_report import draft_of


class NotReviewed(ValueError):
    """Nobody has vouched for these figures yet."""


class ChangedSinceReview(Exception):
    """The register moved: `moved` holds the figures that are no longer those reviewed.

    Empty where only what goes with them changed: their breakdowns, their course, the partners.
    """

    def __init__(self, moved: tuple[Moved, ...]) -> None:
        self.moved = moved
        super().__init__(", ".join(one.label for one in moved))


class NothingToRevise(ValueError):
    """The day is frozen already with these very figures and words."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        super().__init__(snapshot.reference)


@transaction.atomic
def freeze_preparation(*, preparation_id: int, frozen_by: User, frozen_at: datetime) -> Snapshot:
    """Measure once more, and freeze where the figures are those that were reviewed.

    Raises UnknownPreparation, PreparationClosed, PermissionDenied, NotReviewed, ChangedSinceReview,
    NothingToRevise, SnapshotDiffers, and what measuring raises.
    """
    lock_reports()
    preparation = lock_open_preparation(preparation_id, actor=frozen_by)
    if not preparation.is_reviewed:
        raise NotReviewed
    draft = draft_of(preparation)
    if draft.frozen.fingerprint != preparation.reviewed_fingerprint:
        raise ChangedSinceReview(moved_since(preparation.reviewed_figures, draft.frozen))
    last = last_revision(
        programme=draft.programme, as_of=preparation.as_of, territory=preparation.territory
    )
    if last and last.fingerprint == draft.frozen.fingerprint:
        raise NothingToRevise(last)
    snapshot = keep_revision(
        draft, reason=preparation.reason, frozen_at=frozen_at, frozen_by=frozen_by
    )
    preparation.became(snapshot)
    return snapshot

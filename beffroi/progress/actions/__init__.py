"""The verbs of the point d’avancement."""

from .amend_preparation import amend_preparation
from .freeze_preparation import (
    ChangedSinceReview,
    NothingToRevise,
    NotReviewed,
    freeze_preparation,
)
from .freeze_snapshot import DayNotReached, SnapshotDiffers, freeze_snapshot
from .give_up_preparation import give_up_preparation, resume_preparation
from .prepare_report import Wanted, prepare_report
from .preparing import AlreadyInPreparation, PreparationClosed, UnknownPreparation
from .publish_snapshot import publish_snapshot
from .review_report import (
    FiguresMoved,
    OwnPreparation,
    RemarkMissing,
    draft_of,
    review_report,
    send_back_preparation,
)
from .revise_snapshot import RevisionNeedsReason, revise_snapshot

__all__ = [
    "AlreadyInPreparation",
    "ChangedSinceReview",
    "DayNotReached",
    "FiguresMoved",
    "NotReviewed",
    "NothingToRevise",
    "OwnPreparation",
    "PreparationClosed",
    "RemarkMissing",
    "RevisionNeedsReason",
    "SnapshotDiffers",
    "UnknownPreparation",
    "Wanted",
    "amend_preparation",
    "draft_of",
    "freeze_preparation",
    "freeze_snapshot",
    "give_up_preparation",
    "prepare_report",
    "publish_snapshot",
    "resume_preparation",
    "review_report",
    "revise_snapshot",
    "send_back_preparation",
]

"""The verbs of the point d’avancement."""

from .freeze_snapshot import DayNotReached, SnapshotDiffers, freeze_snapshot
from .publish_snapshot import publish_snapshot
from .revise_snapshot import RevisionNeedsReason, revise_snapshot

__all__ = [
    "DayNotReached",
    "RevisionNeedsReason",
    "SnapshotDiffers",
    "freeze_snapshot",
    "publish_snapshot",
    "revise_snapshot",
]

"""The verbs of this room."""

from .choose_digest import choose_digest
from .decide_alert import (
    AlreadyDecided,
    DayGoneBy,
    NoSuchAlert,
    decide_alert,
    undo_decision,
)
from .write_digests import write_digests

__all__ = [
    "AlreadyDecided",
    "DayGoneBy",
    "NoSuchAlert",
    "choose_digest",
    "decide_alert",
    "undo_decision",
    "write_digests",
]

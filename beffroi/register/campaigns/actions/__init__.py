"""The verbs of this room."""

from .confirm_towns import (
    CampaignNotRunning,
    Confirmed,
    NothingCorrected,
    OutOfReach,
    SheetsChanged,
    confirm_towns,
)
from .undo_confirmations import TooLateToUndo, undo_confirmations

__all__ = [
    "CampaignNotRunning",
    "Confirmed",
    "NothingCorrected",
    "OutOfReach",
    "SheetsChanged",
    "TooLateToUndo",
    "confirm_towns",
    "undo_confirmations",
]

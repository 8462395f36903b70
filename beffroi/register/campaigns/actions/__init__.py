"""The verbs of this room."""

from .confirm_towns import (
    CampaignNotRunning,
    Confirmed,
    NothingCorrected,
    OutOfReach,
    SheetsChanged,
    confirm_towns,
)
from .open_campaign import (
    BackwardCampaign,
    CampaignsOverlap,
    close_campaign,
    open_campaign,
    prolong_campaign,
)
from .remind_campaign import remind_campaigns, remind_on_demand
from .undo_confirmations import TooLateToUndo, undo_confirmations

__all__ = [
    "BackwardCampaign",
    "CampaignNotRunning",
    "CampaignsOverlap",
    "Confirmed",
    "NothingCorrected",
    "OutOfReach",
    "SheetsChanged",
    "TooLateToUndo",
    "close_campaign",
    "confirm_towns",
    "open_campaign",
    "prolong_campaign",
    "remind_campaigns",
    "remind_on_demand",
    "undo_confirmations",
]

"""Campaigns, the answers they get, and the mails they sent."""

from .campaigns import Campaign
from .confirmations import Confirmation, ConfirmationKind
from .reminders import CampaignReminder

__all__ = ["Campaign", "CampaignReminder", "Confirmation", "ConfirmationKind"]

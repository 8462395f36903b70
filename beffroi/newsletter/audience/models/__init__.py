"""Readers, the ledger of their consents, and the addresses nobody may write to."""

from .consents import Channel, Consent, ConsentKind
from .subscribers import Subscriber, SubscriberState
from .suppressions import Suppression, SuppressionReason

__all__ = [
    "Channel",
    "Consent",
    "ConsentKind",
    "Subscriber",
    "SubscriberState",
    "Suppression",
    "SuppressionReason",
]

"""What one may do with a subscription."""

from .confirm_subscription import StillSuppressed, confirm_subscription
from .erase_subscriber import erase_subscriber
from .forget_unconfirmed import forget_unconfirmed
from .forget_withdrawn import forget_withdrawn
from .import_subscribers import ImportRefused, import_subscribers
from .lift_suppression import NotSuppressed, lift_suppression
from .subscribe import subscribe
from .suppress_address import suppress_address
from .unsubscribe_reader import ReasonMissing, unsubscribe_reader
from .withdraw_consent import withdraw_consent

__all__ = [
    "ImportRefused",
    "NotSuppressed",
    "ReasonMissing",
    "StillSuppressed",
    "confirm_subscription",
    "erase_subscriber",
    "forget_unconfirmed",
    "forget_withdrawn",
    "import_subscribers",
    "lift_suppression",
    "subscribe",
    "suppress_address",
    "unsubscribe_reader",
    "withdraw_consent",
]

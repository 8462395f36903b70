"""What may be done to a delivery: open it, work at it, take a person out of it."""

from .deliver_mailing import ContentChanged, Delivery, NotYetDue, deliver_mailing
from .open_mailing import (
    EmptyAudience,
    MailingExists,
    MalformedRecipient,
    NotApproved,
    open_mailing,
)
from .suppress_recipient import suppress_recipient

__all__ = [
    "ContentChanged",
    "Delivery",
    "EmptyAudience",
    "MailingExists",
    "MalformedRecipient",
    "NotApproved",
    "NotYetDue",
    "deliver_mailing",
    "open_mailing",
    "suppress_recipient",
]

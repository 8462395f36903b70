"""A reader leaves, from the link that every letter carries."""

from __future__ import annotations

from datetime import datetime

from ..models import Channel, Subscriber, SuppressionReason
from ..tokens import open_leave_token
from .suppress_address import suppress_address


def withdraw_consent(*, token: str, at: datetime, channel: Channel = Channel.WEB) -> None:
    """Withdraw the consent of the reader behind a leave token; again changes nothing.

    A reader erased since has nothing left to withdraw, and is told it is done.
    Raises InvalidToken.
    """
    uid = open_leave_token(token)
    subscriber = Subscriber.objects.filter(uid=uid).first()
    if subscriber is not None:
        suppress_address(
            address=subscriber.email,
            reason=SuppressionReason.UNSUBSCRIBED,
            at=at,
            channel=channel,
        )

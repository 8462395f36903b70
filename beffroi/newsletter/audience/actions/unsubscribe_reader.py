"""Someone of the desk unsubscribes a reader who asked for it by another way."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import record_act

from ..models import Channel, Subscriber, SuppressionReason
from ..permissions import may_withdraw_subscribers
from .suppress_address import suppress_address


class ReasonMissing(Exception):
    """An act on somebody else's subscription says why."""


def unsubscribe_reader(*, subscriber: Subscriber, actor: User, reason: str, at: datetime) -> None:
    """Withdraw a reader's consent in their name, and write down who did it and why.

    Raises PermissionDenied or ReasonMissing.
    """
    if not may_withdraw_subscribers(actor):
        raise PermissionDenied
    if not reason.strip():
        raise ReasonMissing
    with transaction.atomic():
        suppress_address(
            address=subscriber.email,
            reason=SuppressionReason.UNSUBSCRIBED,
            at=at,
            channel=Channel.DESK,
            evidence=reason.strip(),
        )
        record_act(
            verb="unsubscribe_reader", target=subscriber, at=at, actor=actor, reason=reason.strip()
        )

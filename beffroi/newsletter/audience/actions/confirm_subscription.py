"""The owner of an address confirms, from the link received there."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ..models import Channel, Consent, ConsentKind, Subscriber, Suppression
from ..rules import CURRENT_WORDING, LIFTED_BY_SIGN_UP
from ..tokens import InvalidToken, open_confirmation_token


class StillSuppressed(Exception):
    """A complaint, an objection or an erasure stands: only the desk lifts it, on request."""


def confirm_subscription(*, token: str, at: datetime) -> None:
    """Confirm the request behind the token; a second click changes nothing.

    Lifts a former unsubscription or a mailbox in error, which this mail has just disproved.
    Raises InvalidToken, ExpiredToken (seven days) or StillSuppressed.
    """
    ask = open_confirmation_token(token=token, at=at)
    with transaction.atomic():
        subscriber = Subscriber.objects.select_for_update().filter(uid=ask.uid).first()
        if subscriber is None:
            raise InvalidToken
        if subscriber.asked_at == ask.asked_at:
            _confirm(subscriber, at)
        elif not subscriber.is_confirmed:
            raise InvalidToken


def _confirm(subscriber: Subscriber, at: datetime) -> None:
    suppressions = Suppression.objects.filter(address_hash=subscriber.address_hash)
    if suppressions.exclude(reason__in=LIFTED_BY_SIGN_UP).exists():
        raise StillSuppressed
    asked = subscriber.consents.filter(kind=ConsentKind.ASKED).last()
    subscriber.confirm(at=at)
    Consent.objects.create(
        subscriber=subscriber,
        kind=ConsentKind.CONFIRMED,
        at=at,
        channel=Channel.MAIL_LINK,
        wording_version=asked.wording_version if asked else CURRENT_WORDING,
    )
    suppressions.delete()

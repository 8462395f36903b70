"""Stop writing to an address, at once and for good."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from beffroi.newsletter.delivery.actions import suppress_recipient

from ..models import Channel, Consent, ConsentKind, Subscriber, Suppression, SuppressionReason
from ..rules import PERSONS_OWN_ACTS, parse_address, strongest
from ..tokens import hash_address


def suppress_address(
    *,
    address: str,
    reason: SuppressionReason,
    at: datetime,
    channel: Channel,
    evidence: str = "",
) -> None:
    """Suppress an address, known or not, and take it out of the mailings that are running.

    All in one transaction. The strongest reason prevails. Every reason but `bounced` also
    withdraws the subscriber's consent. Raises AddressRefused.
    """
    address_key = parse_address(address).key
    with transaction.atomic():
        # The subscriber's row first, as everywhere: one order of locks, no deadlock.
        subscriber = Subscriber.objects.select_for_update().filter(address_key=address_key).first()
        _suppress(hash_address(address_key), reason, at)
        if subscriber is None:
            return
        if reason in PERSONS_OWN_ACTS:
            _withdraw(subscriber, at, channel, evidence)
        suppress_recipient(recipient_key=subscriber.uid.hex, at=at)


def _suppress(address_hash: str, reason: SuppressionReason, at: datetime) -> None:
    suppression, created = Suppression.objects.select_for_update().get_or_create(
        address_hash=address_hash, defaults={"reason": reason, "at": at}
    )
    if not created and strongest([suppression.reason, reason]) != suppression.reason:
        suppression.reason, suppression.at = reason, at
        suppression.save(update_fields=["reason", "at"])


def _withdraw(subscriber: Subscriber, at: datetime, channel: Channel, evidence: str) -> None:
    if subscriber.withdrawn_at is not None and subscriber.asked_at is None:
        return
    subscriber.withdraw(at=at)
    Consent.objects.create(
        subscriber=subscriber,
        kind=ConsentKind.WITHDRAWN,
        at=at,
        channel=channel,
        evidence=evidence,
    )

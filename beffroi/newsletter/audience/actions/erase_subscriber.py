"""Erase a reader, and make sure nothing brings the address back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ..models import Channel, Subscriber, SuppressionReason
from ..rules import parse_address
from .suppress_address import suppress_address


def erase_subscriber(*, address: str, at: datetime) -> bool:
    """Delete the reader and their ledger; only a keyed hash stays, so that no import returns.

    True when there was someone to erase. Raises AddressRefused.
    """
    with transaction.atomic():
        suppress_address(
            address=address, reason=SuppressionReason.ERASED, at=at, channel=Channel.DESK
        )
        key = parse_address(address).key
        _, deleted = Subscriber.objects.filter(address_key=key).delete()
    return deleted.get("audience.Subscriber", 0) > 0

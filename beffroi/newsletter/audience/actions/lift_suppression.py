"""Let an address be written to again, on its owner's own request."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import record_act

from ..models import Suppression
from ..permissions import may_lift_suppressions
from ..rules import parse_address
from ..tokens import hash_address
from .unsubscribe_reader import ReasonMissing


class NotSuppressed(Exception):
    """Nothing forbids writing to this address."""


def lift_suppression(*, address: str, actor: User, reason: str, at: datetime) -> None:
    """Take an address off the suppressed ones. It is not subscribed for all that: its owner asks.

    The trail keeps the hash, never the address. Raises PermissionDenied, ReasonMissing,
    AddressRefused or NotSuppressed.
    """
    if not may_lift_suppressions(actor):
        raise PermissionDenied
    if not reason.strip():
        raise ReasonMissing
    address_hash = hash_address(parse_address(address).key)
    with transaction.atomic():
        suppression = (
            Suppression.objects.select_for_update().filter(address_hash=address_hash).first()
        )
        if suppression is None:
            raise NotSuppressed
        record_act(
            verb="lift_suppression",
            target=suppression,
            at=at,
            actor=actor,
            reason=reason.strip(),
            changes={"reason": [suppression.reason, None]},
        )
        suppression.delete()

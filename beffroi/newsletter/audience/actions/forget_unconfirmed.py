"""Forget the addresses that nobody confirmed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ..models import Subscriber
from ..rules import UNCONFIRMED_LIFE


def forget_unconfirmed(*, at: datetime) -> int:
    """Delete requests older than thirty days that were never confirmed; gives their number.

    Someone who once confirmed or withdrew is kept: that proof is still owed to them.
    """
    with transaction.atomic():
        _, deleted = Subscriber.objects.filter(
            confirmed_at__isnull=True,
            withdrawn_at__isnull=True,
            asked_at__lt=at - UNCONFIRMED_LIFE,
        ).delete()
    return deleted.get("audience.Subscriber", 0)

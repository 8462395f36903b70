"""Forget those who left long ago."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ..models import Subscriber
from ..rules import WITHDRAWN_LIFE


def forget_withdrawn(*, at: datetime) -> int:
    """Delete, three years after they left, readers and their ledgers; gives their number.

    The hash of the address stays suppressed: forgetting someone invites nobody back.
    """
    with transaction.atomic():
        _, deleted = Subscriber.objects.filter(
            asked_at__isnull=True, withdrawn_at__lt=at - WITHDRAWN_LIFE
        ).delete()
    return deleted.get("audience.Subscriber", 0)

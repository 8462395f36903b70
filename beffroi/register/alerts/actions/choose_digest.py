"""Take the weekly digest, or not."""

from __future__ import annotations

from datetime import datetime

from beffroi.foundations.accounts.models import User

from ..models import DigestRefusal


def choose_digest(*, user: User, wanted: bool, at: datetime) -> None:
    """What a person chose for their own account; the same choice twice changes nothing."""
    if wanted:
        DigestRefusal.objects.filter(user=user).delete()
    else:
        DigestRefusal.objects.get_or_create(user=user, defaults={"since": at})

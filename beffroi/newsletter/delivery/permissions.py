"""Who may look at mailings. Nobody may change one: they are made by actions and kept."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from beffroi.foundations.accounts.models import User

VIEW_MAILING = "delivery.view_mailing"


def can_view_mailings(user: User | AnonymousUser) -> bool:
    """True for people who may read the ledger, addresses included."""
    return user.has_perm(VIEW_MAILING)

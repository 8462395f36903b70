"""Who sees the alerts of their area, and who decides about them."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from beffroi.foundations.accounts.models import User
from beffroi.foundations.mandates.queries import Scope
from beffroi.register.campaigns.permissions import keepers

from .models import DigestRefusal

SEE = "alerts.view_alertdecision"
DECIDE = "alerts.add_alertdecision"


def can_see(user: User, scope: Scope) -> bool:
    """Read the alerts of one's own area. Partners have no area, hence none."""
    return user.is_active and scope.has_area and user.has_perm(SEE)


def can_decide(user: User, scope: Scope) -> bool:
    """Put an alert off, file it, bring it back."""
    return scope.has_area and user.is_active and user.has_perm(DECIDE)


def digest_readers(*, on: date) -> QuerySet[User]:
    """Those who keep an area and did not ask for silence."""
    return keepers(on=on).exclude(pk__in=DigestRefusal.objects.values("user_id"))

"""Who prepares a handover: a role that reads posts and their holders, within one's own area."""

from __future__ import annotations

from beffroi.foundations.accounts.models import User
from beffroi.foundations.mandates.queries import Scope

READ = ("membership.view_projectmanagerpost", "membership.view_postholder")


def can_read(user: User, scope: Scope) -> bool:
    """Read the handovers of one's own area. It names people: partners have none."""
    return user.is_active and scope.has_area and user.has_perms(READ)

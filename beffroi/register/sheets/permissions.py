"""Who reads the sheets: a role that reads designations, within the area of one's mandates."""

from __future__ import annotations

from beffroi.foundations.accounts.models import User
from beffroi.foundations.mandates.queries import Scope

READ = "membership.view_designation"


def can_read(user: User, scope: Scope) -> bool:
    """Read the sheets of one's own area. Partners have no area, hence no sheet."""
    return user.is_active and scope.has_area and user.has_perm(READ)

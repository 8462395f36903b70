"""Who may freeze a report."""

from __future__ import annotations

from beffroi.foundations.accounts.models import User


def can_freeze(user: User) -> bool:
    """Whether this person may freeze and revise reports."""
    return user.is_active and user.has_perm("progress.add_snapshot")

"""Who may do what with readers: three rights, given to groups on the desk."""

from __future__ import annotations

from beffroi.foundations.accounts.models import User


def may_see_subscribers(user: User) -> bool:
    """Read the list of readers and their ledgers."""
    return user.has_perm("audience.view_subscriber")


def may_withdraw_subscribers(user: User) -> bool:
    """Unsubscribe a reader who asked for it by letter or by telephone."""
    return user.has_perm("audience.withdraw_subscriber")


def may_lift_suppressions(user: User) -> bool:
    """Let an address be written to again, on its owner's request."""
    return user.has_perm("audience.lift_suppression")

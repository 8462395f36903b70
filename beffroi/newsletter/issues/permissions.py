"""Who may approve and send an issue."""

from __future__ import annotations

from beffroi.foundations.accounts.models import User


def can_approve(user: User) -> bool:
    """Whether the person holds the right to approve; four eyes are asked for besides."""
    return user.has_perm("issues.approve_issue")


def can_deliver(user: User) -> bool:
    """Whether the person may send an approved issue."""
    return user.has_perm("issues.deliver_issue")

"""Who may approve and send an issue."""

from __future__ import annotations

from wagtail.models import GroupPagePermission

from beffroi.foundations.accounts.models import User


def can_approve(user: User) -> bool:
    """Whether the person holds the right to approve; four eyes are asked for besides."""
    return user.has_perm("issues.approve_issue")


def can_deliver(user: User) -> bool:
    """Whether the person may send an approved issue."""
    return user.has_perm("issues.deliver_issue")


def can_follow(user: User) -> bool:
    """Whether the person works on the letter: writes, approves or sends."""
    return can_approve(user) or can_deliver(user) or can_write(user)


def can_write(user: User) -> bool:
    """Whether the person may write issues of any letter."""
    return (
        user.is_superuser
        or GroupPagePermission.objects.filter(
            group__user=user,
            permission__codename__in=("add_page", "change_page"),
            page__content_type__app_label="issues",
        ).exists()
    )

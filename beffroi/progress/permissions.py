"""Who may freeze a report, and who may read it before the public does."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from beffroi.foundations.accounts.models import User

from .models import Snapshot


def can_freeze(user: User) -> bool:
    """Whether this person may freeze and revise reports."""
    return user.is_active and user.has_perm("progress.add_snapshot")


def may_preview(user: User | AnonymousUser, snapshot: Snapshot) -> bool:  # noqa: ARG001
    """Whether this person may read a report that is not published yet."""
    return isinstance(user, User) and can_freeze(user)

"""Who may touch the correction queue, and take the register out."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from wagtail.permission_policies import ModelPermissionPolicy

from beffroi.foundations.accounts.models import User


class CorrectionQueuePolicy(ModelPermissionPolicy):  # type: ignore[misc]
    """Rows come from imports alone and stay as proof: a person sees them and says « traitée »."""

    def user_has_permission(self, user: User, action: str) -> bool:
        """Nobody adds or deletes; the rest goes by the account's permissions."""
        return action in {"view", "change"} and super().user_has_permission(user, action)


def can_export(user: User | AnonymousUser) -> bool:
    """Whether the account keeps the register: the role that sees the correction queue. What it may
    take out is for its mandates to say."""
    return user.is_active and user.has_perm("imports.view_refusedrow")

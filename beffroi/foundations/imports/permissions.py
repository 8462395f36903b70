"""Who may touch the correction queue."""

from __future__ import annotations

from wagtail.permission_policies import ModelPermissionPolicy

from beffroi.foundations.accounts.models import User


class CorrectionQueuePolicy(ModelPermissionPolicy):  # type: ignore[misc]
    """Rows come from imports alone and stay as proof: a person sees them and says « traitée »."""

    def user_has_permission(self, user: User, action: str) -> bool:
        """Nobody adds or deletes; the rest goes by the account's permissions."""
        return action in {"view", "change"} and super().user_has_permission(user, action)

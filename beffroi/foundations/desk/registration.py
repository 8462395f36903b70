"""How a room puts its rows on the desk."""

from __future__ import annotations

from typing import Any

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from .viewsets import RegisterViewSet

_ON_DESK: list[RegisterViewSet] = []


def register_on_desk(viewset_class: type[RegisterViewSet]) -> RegisterViewSet:
    """Bound the rows of a viewset by its own `visible` and `editable`, then show it.

    Called once, at the top of a room's `wagtail_hooks.py`.
    """
    viewset: Any = viewset_class()
    policy = viewset.policy_class(
        viewset.model,
        visible=viewset.visible,
        editable=viewset.editable,
        may_add=viewset.may_add,
        may_remove=viewset.remove is not None,
    )
    register_permission_policy(viewset.model, policy, exact_class=True)
    hooks.register("register_admin_viewset", lambda: viewset)
    _ON_DESK.append(viewset)
    return viewset  # type: ignore[no-any-return]


def viewsets_on_desk() -> tuple[RegisterViewSet, ...]:
    """Every viewset of the register that rooms have put on the desk."""
    return tuple(_ON_DESK)

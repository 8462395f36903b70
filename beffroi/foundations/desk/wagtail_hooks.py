"""What this room adds to the desk: the group « Registre » of the menu."""

from __future__ import annotations

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from .viewsets import MENU_HOOK


class RegisterGroup(ViewSetGroup):
    """Its entries come from the rooms, through the hook of the menu."""

    menu_label = "Registre"
    menu_name = "registre"
    menu_icon = "table"
    menu_order = 240
    submenu_hook = MENU_HOOK
    items = ()


@hooks.register("register_admin_viewset")
def register_group() -> RegisterGroup:
    """Place the group in the menu."""
    return RegisterGroup()

"""What this room adds to the desk."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from beffroi.foundations.accounts.models import User
from beffroi.foundations.desk.permissions import reach_of
from beffroi.foundations.desk.viewsets import MENU_HOOK

from . import desk_urls
from .permissions import can_read


class TownsMenuItem(MenuItem):
    """Shown to those who look after an area."""

    def is_shown(self, request: HttpRequest) -> bool:
        user = request.user
        return isinstance(user, User) and can_read(user, reach_of(user))


@hooks.register("register_admin_urls")
def register_urls() -> list[URLResolver]:
    """The sheets."""
    return [path("", include(desk_urls))]


@hooks.register(MENU_HOOK)
def register_menu_item() -> MenuItem:
    """First in the group « Registre »."""
    return TownsMenuItem("Communes", reverse("sheets:towns"), icon_name="home", order=1)

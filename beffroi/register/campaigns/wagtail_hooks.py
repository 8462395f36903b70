"""What this room adds to the desk."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.wording import name_acts
from beffroi.foundations.desk.permissions import reach_of
from beffroi.foundations.desk.viewsets import MENU_HOOK

from . import desk_urls
from .permissions import can_see

name_acts(
    {
        "open_campaign": "Campagne ouverte",
        "prolong_campaign": "Dernier jour de la campagne changé",
        "close_campaign": "Campagne close",
        "remind_campaign": "Relance écrite",
        "confirm_towns": "Fiche confirmée",
        "replace_confirmation": "Réponse remplacée",
        "undo_confirmations": "Réponse annulée",
    }
)


class CampaignsMenuItem(MenuItem):
    """Shown to those who keep an area."""

    def is_shown(self, request: HttpRequest) -> bool:
        user = request.user
        return isinstance(user, User) and can_see(user, reach_of(user))


@hooks.register("register_admin_urls")
def register_urls() -> list[URLResolver]:
    """The pages of campaigns."""
    return [path("campagnes/", include(desk_urls))]


@hooks.register(MENU_HOOK)
def register_menu_item() -> MenuItem:
    """In the group « Registre »."""
    url = reverse("campaigns:index")
    return CampaignsMenuItem("Campagnes", url, icon_name="clipboard-list", order=3)


@hooks.register("register_permissions")
def register_rights() -> QuerySet[Permission]:
    """The rights, as the groups' page offers them."""
    return Permission.objects.filter(
        content_type__app_label="campaigns",
        codename__in=["view_campaign", "add_campaign", "add_confirmation"],
    )

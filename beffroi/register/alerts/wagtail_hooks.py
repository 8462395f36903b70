"""What this room adds to the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.wording import name_acts
from beffroi.foundations.desk.permissions import reach_of
from beffroi.foundations.desk.viewsets import MENU_HOOK
from beffroi.register.campaigns.queries import campaign_progress, running_campaigns

from . import desk_urls
from .counting import remember_count, remembered_count
from .permissions import can_see
from .queries import alerts_for
from .rules import grouped

name_acts(
    {
        "put_off_alert": "Alerte reportée",
        "file_alert": "Alerte classée",
        "undo_alert_decision": "Alerte remise en cours",
    }
)
_SHOWN = 5


class AlertsMenuItem(MenuItem):
    """Shown to those who keep an area, with the number last counted."""

    def is_shown(self, request: HttpRequest) -> bool:
        user = request.user
        return isinstance(user, User) and can_see(user, reach_of(user))

    def render_component(self, request: HttpRequest) -> Any:
        """The entry, with its number."""
        item = super().render_component(request)
        count = remembered_count(reach_of(request.user), on=timezone.localdate())
        if count:
            item.label = f"{self.label} ({count})"
        return item


class AlertsPanel(Component):
    """The signed-in person's alerts and campaign, on the desk's first page."""

    order = 20
    template_name = "alerts/desk/panel.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """The most pressing, the number by kind, and how far the campaign is."""
        scope, on = reach_of(parent_context["request"].user), timezone.localdate()
        alerts = alerts_for(scope, on=on)
        remember_count(scope, alerts, on=on)
        campaign = running_campaigns(on).first()
        return {
            "alerts": alerts[:_SHOWN],
            "total": len(alerts),
            "groups": grouped(alerts, shown=0),
            "campaign": campaign,
            "progress": campaign_progress(campaign, scope, on=on).total if campaign else None,
        }


@hooks.register("register_admin_urls")
def register_urls() -> list[URLResolver]:
    """The pages of alerts."""
    return [path("alertes/", include(desk_urls))]


@hooks.register(MENU_HOOK)
def register_menu_item() -> MenuItem:
    """First in the group « Registre »."""
    return AlertsMenuItem("Alertes", reverse("alerts:index"), icon_name="warning", order=2)


@hooks.register("construct_homepage_panels")
def show_alerts(request: HttpRequest, panels: list[Component]) -> None:
    """Open the desk on what deserves attention, for those who keep an area."""
    user = request.user
    if isinstance(user, User) and can_see(user, reach_of(user)):
        panels.insert(0, AlertsPanel())


@hooks.register("register_permissions")
def register_rights() -> QuerySet[Permission]:
    """The rights, as the groups' page offers them."""
    return Permission.objects.filter(
        content_type__app_label="alerts",
        codename__in=["view_alertdecision", "add_alertdecision"],
    )

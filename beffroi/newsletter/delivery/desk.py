"""Mailings in the desk's menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from . import views
from .permissions import can_view_mailings


class MailingMenuItem(MenuItem):
    """Shown to those who may open it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_view_mailings(request.user)


class MailingViewSet(ViewSet):
    """The mailings and their ledgers, to read only."""

    name = "envois"
    icon = menu_icon = "mail"
    menu_label = "Envois"
    menu_order = 320
    menu_item_class = MailingMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", views.index, name="index"),
            path("<int:pk>/", views.detail, name="detail"),
        ]

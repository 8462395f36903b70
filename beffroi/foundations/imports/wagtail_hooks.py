from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy

from beffroi.foundations.desk.permissions import reach_of
from beffroi.foundations.desk.viewsets import MENU_HOOK

from . import desk_urls
from .desk import RefusedRowViewSet, refused_rows
from .models import RefusedRow
from .permissions import CorrectionQueuePolicy, can_export

register_permission_policy(RefusedRow, CorrectionQueuePolicy(RefusedRow), exact_class=True)


@hooks.register("register_admin_viewset")
def correction_queue() -> RefusedRowViewSet:
    return refused_rows


class ExportMenuItem(MenuItem):
    """Shown to those who keep the register somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_export(request.user) and not reach_of(request.user).is_empty


@hooks.register("register_admin_urls")
def register_export_urls() -> list[URLResolver]:
    """The pages that take the register out."""
    return [path("exporter/", include(desk_urls))]


@hooks.register(MENU_HOOK)
def register_exports() -> MenuItem:
    """« Exporter », in the group « Registre »."""
    return ExportMenuItem(
        "Exporter",
        reverse("imports_desk:exports"),
        name="exporter",
        icon_name="download",
        order=900,
    )

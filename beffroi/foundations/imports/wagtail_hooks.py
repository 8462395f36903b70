"""What this room adds to the desk: « Reprendre des fichiers », « Lignes à corriger »,
« Exporter »."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from beffroi.foundations.audit.wording import name_acts
from beffroi.foundations.desk.permissions import reach_of
from beffroi.foundations.desk.viewsets import MENU_HOOK

from . import desk_urls
from .permissions import can_export, can_import, can_see_queue

name_acts({"import_files": "Fichier repris", "abandon_row": "Ligne refusée abandonnée"})


class ImportsMenuItem(MenuItem):
    """Shown to those who may bring files in."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_import(request.user)


class QueueMenuItem(MenuItem):
    """Shown to those who may read the queue."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_see_queue(request.user)


@hooks.register("register_admin_urls")
def register_pages() -> list[URLResolver]:
    """The pages of imports and of the correction queue."""
    return [path("", include(desk_urls))]


@hooks.register(MENU_HOOK)
def register_imports() -> MenuItem:
    """Where files are brought in."""
    url = reverse("imports_desk:runs")
    return ImportsMenuItem("Reprendre des fichiers", url, icon_name="upload", order=900)


@hooks.register(MENU_HOOK)
def register_queue() -> MenuItem:
    """Where refused rows wait."""
    url = reverse("imports_desk:queue")
    return QueueMenuItem("Lignes à corriger", url, icon_name="warning", order=910)


class ExportMenuItem(MenuItem):
    """Shown to those who keep the register somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_export(request.user) and not reach_of(request.user).is_empty


@hooks.register(MENU_HOOK)
def register_exports() -> MenuItem:
    """Where the register is taken out."""
    url = reverse("imports_desk:exports")
    return ExportMenuItem("Exporter", url, name="exporter", icon_name="download", order=920)


@hooks.register("register_permissions")
def register_rights() -> QuerySet[Permission]:
    """The rights of this room, as the groups' page offers them."""
    return Permission.objects.filter(
        content_type__app_label="imports",
        codename__in=["add_importrun", "view_refusedrow", "change_refusedrow"],
    )

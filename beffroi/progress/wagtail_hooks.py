"""What the desk shows of this room."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.wording import name_acts

from .desk import urls
from .permissions import can_see

name_acts(
    {
        "prepare_report": "Point d’avancement préparé",
        "amend_preparation": "Préparation modifiée",
        "review_report": "Point d’avancement relu",
        "send_back_preparation": "Préparation renvoyée",
        "give_up_preparation": "Préparation abandonnée",
        "resume_preparation": "Préparation reprise",
        "freeze_snapshot": "Point d’avancement figé",
        "revise_snapshot": "Point d’avancement révisé",
        "publish_snapshot": "Point d’avancement publié",
    }
)


class ProgressMenuItem(MenuItem):
    """Shown to those who follow the reports."""

    def is_shown(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and can_see(request.user)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLResolver]:
    """The pages of reports."""
    return [path("points-d-avancement/", include(urls))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Between the register and the letter."""
    url = reverse("progress_desk:index")
    return ProgressMenuItem("Avancement", url, icon_name="history", order=250)


@hooks.register("register_permissions")
def register_rights() -> QuerySet[Permission]:
    """The rights, as the groups' page offers them."""
    return Permission.objects.filter(
        content_type__app_label="progress", codename__in=["view_snapshot", "add_snapshot"]
    )

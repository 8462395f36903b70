"""What this room adds to the desk."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from beffroi.foundations.accounts.models import User

from . import desk_urls
from .models import IssuePage
from .permissions import can_approve, can_deliver


class ApprovalsMenuItem(MenuItem):
    """Shown to those who write, approve or send."""

    def is_shown(self, request: HttpRequest) -> bool:
        user = request.user
        return isinstance(user, User) and (can_approve(user) or can_deliver(user))


@hooks.register("register_admin_urls")
def register_approval_urls() -> list[URLResolver]:
    """The pages where an issue is approved and sent."""
    return [path("approbations/", include(desk_urls))]


@hooks.register("register_admin_menu_item")
def register_approvals() -> MenuItem:
    """The list of the issues that wait."""
    return ApprovalsMenuItem(
        "Approbations", reverse("issues_desk:approvals"), icon_name="check", order=210
    )


@hooks.register("register_page_header_buttons")
def register_approval_button(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """From an issue being written to its approval."""
    _ = user, view_name, next_url
    if isinstance(page.specific, IssuePage) and page.specific.number:
        yield Button(
            "Approbation et envoi",
            url=reverse("issues_desk:approval", args=[page.specific.number]),
            icon_name="check",
            priority=5,
        )


@hooks.register("register_permissions")
def register_rights() -> QuerySet[Permission]:
    """The two rights, as the groups' page offers them."""
    return Permission.objects.filter(
        content_type__app_label="issues", codename__in=["approve_issue", "deliver_issue"]
    )

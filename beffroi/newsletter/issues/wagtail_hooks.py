"""What this room adds to the desk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets import Button
from wagtail.models import Page

from beffroi.foundations.accounts.models import User

from . import desk_urls, page_desk
from .models import IssuePage, NewsletterPage
from .permissions import can_approve, can_deliver, can_follow
from .whole_letter import latest_letters


class ApprovalsMenuItem(MenuItem):
    """Shown to those who write, approve or send."""

    def is_shown(self, request: HttpRequest) -> bool:
        user = request.user
        return isinstance(user, User) and (can_approve(user) or can_deliver(user))


class ThisMonthPanel(Component):
    """The latest issues, how far each one is, and what the person may do with it."""

    order = 10
    template_name = "issues/desk/this_month.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Five issues at most; the letter under which a new one can be written."""
        user = parent_context["request"].user
        newsletter = NewsletterPage.objects.first()
        may_write = newsletter is not None and (
            newsletter.permissions_for_user(user).can_add_subpage()
        )
        return {
            "letters": latest_letters(5),
            "newsletter": newsletter if may_write else None,
        }


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
    # The row's number: the one that a draft gives is not an address yet.
    number = IssuePage.objects.filter(pk=page.pk).values_list("number", flat=True).first()
    if number:
        yield Button(
            "Approbation et envoi",
            url=reverse("issues_desk:approval", args=[number]),
            icon_name="check",
            priority=5,
        )


@hooks.register("construct_homepage_panels")
def show_this_month(request: HttpRequest, panels: list[Component]) -> None:
    """Open the desk on the month's letter, for those who work on it."""
    user = request.user
    if isinstance(user, User) and can_follow(user):
        panels.insert(0, ThisMonthPanel())


@hooks.register("register_permissions")
def register_rights() -> QuerySet[Permission]:
    """The two rights, as the groups' page offers them."""
    return Permission.objects.filter(
        content_type__app_label="issues", codename__in=["approve_issue", "deliver_issue"]
    )


@hooks.register("before_copy_page")
def keep_numbers_single(request: HttpRequest, page: Page) -> HttpResponse | None:
    """No copy of an issue, nor of the letter that holds them."""
    return page_desk.refuse_copy(request, page)


@hooks.register("before_delete_page")
def keep_approved_issue(request: HttpRequest, page: Page) -> HttpResponse | None:
    """No deletion of what somebody approved."""
    return page_desk.refuse_deletion(request, [page])


@hooks.register("before_bulk_action")
def keep_approved_issues(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: object
) -> HttpResponse | None:
    """The same where several pages are chosen at once."""
    _ = action
    pages = [one for one in objects if isinstance(one, Page)]
    return page_desk.refuse_deletion(request, pages) if action_type == "delete" else None

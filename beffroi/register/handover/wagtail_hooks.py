"""What this room adds to the desk: its pages, reached from a post and from the sheets."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.widgets import HeaderButton

from beffroi.foundations.accounts.models import User
from beffroi.foundations.desk.permissions import reach_of
from beffroi.foundations.desk.views.sheet import BUTTONS_HOOK
from beffroi.programme.membership.models import ProjectManagerPost

from . import desk_urls
from .permissions import can_read


@hooks.register("register_admin_urls")
def register_urls() -> list[URLResolver]:
    """The handovers."""
    return [path("passations/", include(desk_urls))]


@hooks.register(BUTTONS_HOOK)
def offer_handover(request: HttpRequest, row: Model) -> Iterator[HeaderButton]:
    """From the post, vacant or not, to its handover."""
    user = request.user
    if not isinstance(row, ProjectManagerPost) or not isinstance(user, User):
        return
    if can_read(user, reach_of(user)):
        url = reverse("handover:post", args=[row.pk])
        yield HeaderButton("Préparer la passation", url=url, icon_name="clipboard-list")

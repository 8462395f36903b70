"""Who is at the desk, and the frame of each page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from beffroi.foundations.accounts.models import User


def person(request: HttpRequest, may: Callable[[User], bool]) -> User:
    """The signed-in person, who must have this right."""
    user = request.user
    if not isinstance(user, User) or not may(user):
        raise PermissionDenied
    return user


def page_of(request: HttpRequest, rows: QuerySet[Any], size: int) -> Page[Model]:
    """The page asked for, or the nearest."""
    return Paginator(rows, size).get_page(request.GET.get("p"))


def asked(request: HttpRequest, name: str) -> str:
    """A text of the address's query, without what no database holds."""
    return request.GET.get(name, "").replace("\0", "").strip()


def frame(title: str, icon: str, *path: tuple[str, str]) -> dict[str, Any]:
    """Title and breadcrumbs, as Wagtail's own pages have them."""
    links = [{"url": reverse(name), "label": label} for name, label in path]
    return {
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Accueil"},
            *links,
            {"url": "", "label": title},
        ],
        "header_title": title,
        "header_icon": icon,
    }


def query_without(request: HttpRequest, *names: str) -> str:
    """The address's query without these, to be completed by a link."""
    kept = request.GET.copy()
    for name in names:
        kept.pop(name, None)
    encoded = kept.urlencode()
    return f"{encoded}&" if encoded else ""

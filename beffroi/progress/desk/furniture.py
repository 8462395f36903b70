"""What every desk page of reports begins with: who asks, and the way back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse

from beffroi.foundations.accounts.models import User

from ..permissions import can_freeze, can_see

TITLE = "Points d’avancement"
_ICON = "history"


def reader(request: HttpRequest) -> User:
    """The signed-in person, who must at least follow the reports. Raises PermissionDenied."""
    user = request.user
    if not isinstance(user, User) or not can_see(user):
        raise PermissionDenied
    return user


def maker(request: HttpRequest) -> User:
    """The signed-in person, whose role must make reports. Raises PermissionDenied."""
    user = reader(request)
    if not can_freeze(user):
        raise PermissionDenied
    return user


def furnish(title: str = "") -> dict[str, Any]:
    """What the desk's own layout expects: a title, an icon, the way back."""
    index = {"url": reverse("progress_desk:index") if title else "", "label": TITLE}
    above = [{"url": reverse("wagtailadmin_home"), "label": "Accueil"}, index]
    return {
        "header_title": title or TITLE,
        "page_title": title or TITLE,
        "header_icon": _ICON,
        "breadcrumbs_items": [*above, {"url": "", "label": title}] if title else above,
    }

"""Every address of the desk that a view of the house answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

DESK = "/bureau/"


def desk_routes() -> Iterator[str]:
    """As routes: `/bureau/communes/`, `/bureau/communes/<int:pk>/`."""
    return (route for route in _routes(get_resolver().url_patterns, "") if route.startswith(DESK))


def _routes(patterns: list[Any], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern).replace("^", "").replace("$", "")
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and _is_ours(pattern):
            yield "/" + route.lstrip("/")


def _is_ours(pattern: URLPattern) -> bool:
    """A view written here; Wagtail's own stand under its own permissions."""
    view = pattern.callback
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    module = getattr(getattr(view, "view_class", view), "__module__", "")
    return module.startswith("beffroi.")

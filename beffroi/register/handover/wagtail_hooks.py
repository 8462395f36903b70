"""What this room adds to the desk: its pages, reached from a post and from the sheets."""

from __future__ import annotations

from django.urls import URLResolver, include, path
from wagtail import hooks

from . import desk_urls


@hooks.register("register_admin_urls")
def register_urls() -> list[URLResolver]:
    """The handovers."""
    return [path("passations/", include(desk_urls))]

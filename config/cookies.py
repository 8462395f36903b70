"""Cookies as they arrive: what cannot be a session's key is no session."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


class ForgedSessions:
    """Drops a session cookie that holds anything but letters and digits, as Django's own keys do.

    PostgreSQL refuses to look up a text with a NUL byte: the request would end in an error
    instead of going on as that of somebody who has not signed in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the request go on without the cookie."""
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if key and not (key.isascii() and key.isalnum()):
            del request.COOKIES[settings.SESSION_COOKIE_NAME]
        return self.get_response(request)

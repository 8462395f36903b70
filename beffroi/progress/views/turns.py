"""Long measures take turns: anybody may ask for them, and the rest of the site goes on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from threading import BoundedSemaphore
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

AT_ONCE = 2
_RETRY_SECONDS = 5
_TURNS = BoundedSemaphore(AT_ONCE)
View = Callable[..., HttpResponse]


def in_turn(view: View) -> View:
    """A view that at most two requests of a process run at once; the next are told to come back.

    They do not wait: each would hold one of the few threads that answer everybody.
    """

    @wraps(view)
    def taken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _TURNS.acquire(blocking=False):
            return _busy(request)
        try:
            return view(request, *args, **kwargs)
        finally:
            _TURNS.release()

    return taken


def _busy(request: HttpRequest) -> HttpResponse:
    status = HTTPStatus.SERVICE_UNAVAILABLE
    response = render(request, "progress/busy.html", {"is_unlisted": True}, status=status)
    response["Retry-After"] = str(_RETRY_SECONDS)
    patch_cache_control(response, no_store=True)
    return response

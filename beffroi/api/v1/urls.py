"""Addresses of the read API, under `/api/v1/`."""

from __future__ import annotations

from functools import cache, partial

from django.urls import URLPattern

from .door import guarded
from .interface import api, parameters_of

_parameters = cache(parameters_of)


def _guarded(pattern: URLPattern) -> URLPattern:
    view = guarded(pattern.callback, parameters=partial(_parameters, pattern.name or ""))
    return URLPattern(pattern.pattern, view, pattern.default_args, pattern.name)


urlpatterns: list[URLPattern] = [
    _guarded(pattern)
    for pattern in api.urls[0]
    if isinstance(pattern, URLPattern) and pattern.name != "api-root"
]

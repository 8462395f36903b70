"""Addresses of the read API, under `/api/v1/`."""

from __future__ import annotations

from functools import cache, partial

from django.urls import URLPattern, path, re_path

from .door import guarded
from .interface import api, parameters_of
from .pages import documentation, nowhere, openapi

_parameters = cache(parameters_of)


def _guarded(pattern: URLPattern) -> URLPattern:
    view = guarded(pattern.callback, parameters=partial(_parameters, pattern.name or ""))
    return URLPattern(pattern.pattern, view, pattern.default_args, pattern.name)


urlpatterns: list[URLPattern] = [
    path("", documentation, name="api_documentation"),
    path("openapi.json", guarded(openapi), name="api_openapi"),
    *(
        _guarded(pattern)
        for pattern in api.urls[0]
        if isinstance(pattern, URLPattern) and pattern.name != "api-root"
    ),
    # Last: whatever else is asked here is answered here, and never by a page of the site.
    re_path(r"", guarded(nowhere, parameters=None), name="api_nowhere"),
]

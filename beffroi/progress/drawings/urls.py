"""Addresses of the drawings, under that of their report."""

from __future__ import annotations

from django.urls import re_path

from .views import drawing

urlpatterns = [
    re_path(
        r"^(?P<reference>[-\w]+)/dessins/(?P<name>[-a-z0-9_]+)\.(?P<form>svg|png)$",
        drawing,
        name="drawing",
    ),
]

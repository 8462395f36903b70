"""Addresses of the open data, under `/donnees/`."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "opendata"
urlpatterns: list[URLPattern] = []

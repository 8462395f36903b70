"""Addresses of the open data, under `/donnees/`. They are quoted elsewhere: they never change."""

from __future__ import annotations

from django.urls import path

from .views import files, pages

app_name = "opendata"
urlpatterns = [
    path("", pages.index, name="index"),
    path("catalogue.jsonld", files.catalogue, name="catalogue"),
    path("sitemap.xml", files.sitemap, name="sitemap"),
    path("<slug:code>.<slug:suffix>", files.current, name="file"),
    path("<slug:code>/", pages.dataset, name="dataset"),
    path("<slug:code>/schema.json", files.schema, name="schema"),
    path("<slug:code>/<str:day>.<slug:suffix>", files.version, name="version"),
]

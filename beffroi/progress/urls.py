"""Addresses of the public reports, under `/point-d-avancement/`."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "progress"
urlpatterns = [
    path("", views.snapshot_list, name="index"),
    path("<slug:reference>/", views.snapshot, name="snapshot"),
    path("<slug:reference>/donnees.json", views.download, {"form": "json"}, name="json"),
    path("<slug:reference>/donnees.csv", views.download, {"form": "csv"}, name="csv"),
    path("<slug:reference>/<slug:code>/", views.figure, name="figure"),
    path("<slug:reference>/<slug:code>/lignes.csv", views.rows, name="rows"),
]

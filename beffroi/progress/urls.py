"""Addresses of the public reports, under `/point-d-avancement/`."""

from __future__ import annotations

from django.urls import include, path

from .views import changes, explorer, feeds, figures, files, reports
from .written.forms import FORMS

app_name = "progress"
urlpatterns = [
    path("", reports.snapshot_list, name="index"),
    path("flux.xml", feeds.ReportFeed(), name="feed"),
    path("a-la-date/", explorer.explorer, name="explorer"),
    path("a-la-date/changements/", changes.explored_changes, name="explored_changes"),
    path("a-la-date/changements.csv", changes.explored_changes_csv, name="explored_changes_csv"),
    path("a-la-date/<slug:code>/", explorer.figure, name="explored_figure"),
    path(
        "a-la-date/<slug:code>/lignes.csv",
        explorer.rows,
        {"form": "csv"},
        name="explored_rows_csv",
    ),
    path(
        "a-la-date/<slug:code>/lignes.json",
        explorer.rows,
        {"form": "json"},
        name="explored_rows_json",
    ),
    path(
        "a-la-date/dessins/<slug:name>/<int:width>.svg",
        explorer.drawing,
        name="explored_drawing",
    ),
    path("", include("beffroi.progress.drawings.urls")),
    path("logos/<slug:fingerprint>.png", files.logo, name="logo"),
    path("schemas/<slug:name>.json", files.schema, name="schema"),
    path("<slug:reference>/", reports.snapshot, name="snapshot"),
    *(
        path(f"<slug:reference>/{form.name}", files.download, {"form": key}, name=key)
        for key, form in FORMS.items()
    ),
    path("<slug:reference>/changements/", changes.changes, name="changes"),
    path("<slug:reference>/changements.csv", changes.changes_csv, name="changes_csv"),
    path("<slug:reference>/<slug:code>/", figures.figure, name="figure"),
    path("<slug:reference>/<slug:code>/lignes.csv", files.rows, {"form": "csv"}, name="rows"),
    path(
        "<slug:reference>/<slug:code>/lignes.json", files.rows, {"form": "json"}, name="rows_json"
    ),
]

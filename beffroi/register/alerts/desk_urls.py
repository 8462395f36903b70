"""Under `/bureau/alertes/`."""

from __future__ import annotations

from django.urls import path, re_path

from . import views

app_name = "alerts"
urlpatterns = [
    path("", views.index, name="index"),
    re_path(r"^export\.(?P<kind>csv|xlsx|ods)$", views.export, name="export"),
    re_path(r"^(?P<verb>reporter|classer)/$", views.decide, name="decide"),
    path("suites/<int:pk>/annuler/", views.undo, name="undo"),
    path("resume/", views.digest, name="digest"),
    path("resume/courriel/", views.digest_html, name="digest_html"),
]

"""Under `/bureau/campagnes/`."""

from __future__ import annotations

from django.urls import path, re_path

from . import views

app_name = "campaigns"
urlpatterns = [
    path("", views.index, name="index"),
    path("en-cours/", views.running, name="running"),
    path("ouvrir/", views.new, name="new"),
    path("repondre/", views.answer, name="answer"),
    path("annuler/<uuid:batch>/", views.undo, name="undo"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/avancement/", views.progress, name="progress"),
    path("<int:pk>/prolonger/", views.prolong, name="prolong"),
    path("<int:pk>/clore/", views.close, name="close"),
    path("<int:pk>/relancer/", views.remind, name="remind"),
    re_path(r"^(?P<pk>\d+)/export\.(?P<kind>csv|xlsx|ods)$", views.export, name="export"),
]

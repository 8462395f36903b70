"""Under `/bureau/passations/`."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "handover"
urlpatterns = [
    path("<int:pk>/", views.post, name="post"),
    path("<int:pk>/pdf/", views.pdf, name="pdf"),
]

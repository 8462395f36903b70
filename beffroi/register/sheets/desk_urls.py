"""Under `/bureau/`."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "sheets"
urlpatterns = [
    path("communes/", views.towns, name="towns"),
    path("communes/<int:pk>/", views.town, name="town"),
    path("communes/<int:pk>/financements/", views.money, name="money"),
    path("communes/<int:pk>/historique/", views.history, name="history"),
    path("departements/<str:code>/", views.department, name="department"),
    path("regions/<str:code>/", views.region, name="region"),
]

"""Addresses of the public pages of places. They do not change: people cite them."""

from __future__ import annotations

from django.urls import path

from .views import areas, towns

app_name = "places"
urlpatterns = [
    path("communes/", towns.town_list, name="towns"),
    path("communes/liste.csv", towns.town_file, name="towns_csv"),
    path("communes/<str:address>/", towns.town, name="town"),
    path("departements/", areas.department_list, name="departments"),
    path("departements/<str:address>/", areas.area, {"kind": "dep"}, name="department"),
    path(
        "departements/<str:address>/communes.csv",
        areas.area_file,
        {"kind": "dep"},
        name="department_csv",
    ),
    path("regions/", areas.region_list, name="regions"),
    path("regions/<str:address>/", areas.area, {"kind": "reg"}, name="region"),
    path("regions/<str:address>/communes.csv", areas.area_file, {"kind": "reg"}, name="region_csv"),
    path(
        "intercommunalites/<str:address>/",
        areas.area,
        {"kind": "epci"},
        name="intercommunality",
    ),
    path(
        "intercommunalites/<str:address>/communes.csv",
        areas.area_file,
        {"kind": "epci"},
        name="intercommunality_csv",
    ),
]

"""The open data and the read API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Nothing is written here: every answer comes from the floors below."""

    name = "beffroi.api"
    verbose_name = "Données ouvertes"

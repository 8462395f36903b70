from django.apps import AppConfig


class TerritoriesConfig(AppConfig):
    name = "beffroi.foundations.territories"
    label = "territories"
    verbose_name = "Territoires"

from django.apps import AppConfig


class SkinConfig(AppConfig):
    name = "beffroi.foundations.skin"
    label = "skin"
    verbose_name = "Habillage"

from django.apps import AppConfig


class MandatesConfig(AppConfig):
    name = "beffroi.foundations.mandates"
    label = "mandates"
    verbose_name = "Périmètres"

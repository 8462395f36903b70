from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "beffroi.offers.calls"
    label = "calls"
    verbose_name = "Appels à projets"

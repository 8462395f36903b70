from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "beffroi.foundations.notices"
    label = "notices"
    verbose_name = "Courriels aux comptes"

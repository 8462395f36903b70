from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "beffroi.programme.support"
    label = "support"
    verbose_name = "Engagements et missions"

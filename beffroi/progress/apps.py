from django.apps import AppConfig


class ProgressConfig(AppConfig):
    name = "beffroi.progress"
    label = "progress"
    verbose_name = "Point d’avancement"

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "beffroi.foundations.imports"
    label = "imports"
    verbose_name = "Reprises de fichiers"

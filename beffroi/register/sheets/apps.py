from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "beffroi.register.sheets"
    label = "sheets"
    verbose_name = "Fiches des communes"

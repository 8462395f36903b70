from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "beffroi.foundations.desk"
    label = "desk"
    verbose_name = "Bureau"

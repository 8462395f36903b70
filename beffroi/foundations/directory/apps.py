from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "beffroi.foundations.directory"
    label = "directory"
    verbose_name = "Organisations"

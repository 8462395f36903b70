from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DutiesConfig(AppConfig):
    name = "beffroi.foundations.duties"
    label = "duties"
    verbose_name = "Tâches quotidiennes"

    def ready(self) -> None:
        """Let each room declare what is to be done every day."""
        autodiscover_modules("duties")

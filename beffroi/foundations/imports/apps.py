from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ImportsConfig(AppConfig):
    name = "beffroi.foundations.imports"
    label = "imports"
    verbose_name = "Reprises de fichiers"

    def ready(self) -> None:
        """Let each room declare the files it understands."""
        autodiscover_modules("follow_up")

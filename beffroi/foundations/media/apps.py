from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "beffroi.foundations.media"
    label = "media"
    verbose_name = "Images et documents"

from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "beffroi.website"
    label = "website"
    verbose_name = "Site public"

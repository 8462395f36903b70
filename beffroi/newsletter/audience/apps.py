from django.apps import AppConfig


class AudienceConfig(AppConfig):
    name = "beffroi.newsletter.audience"
    label = "audience"
    verbose_name = "Abonnés"

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "beffroi.newsletter.delivery"
    label = "delivery"
    verbose_name = "Envois"

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "beffroi.register.alerts"
    label = "alerts"
    verbose_name = "Alertes"

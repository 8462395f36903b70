from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "beffroi.foundations.audit"
    label = "audit"
    verbose_name = "Journal"

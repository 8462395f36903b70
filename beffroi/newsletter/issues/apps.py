from django.apps import AppConfig


class IssuesConfig(AppConfig):
    name = "beffroi.newsletter.issues"
    label = "issues"
    verbose_name = "Numéros"

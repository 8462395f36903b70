from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "beffroi.programme.agreements"
    label = "agreements"
    verbose_name = "Conventions"

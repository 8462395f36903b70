from django.apps import AppConfig


class HandoverConfig(AppConfig):
    name = "beffroi.register.handover"
    label = "handover"
    verbose_name = "Passation"

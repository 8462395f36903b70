from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "beffroi.club.events"
    label = "events"
    verbose_name = "Rencontres du Club"

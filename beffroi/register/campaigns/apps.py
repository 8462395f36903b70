from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "beffroi.register.campaigns"
    label = "campaigns"
    verbose_name = "Campagnes"

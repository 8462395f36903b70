from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "beffroi.foundations.accounts"
    label = "accounts"
    verbose_name = "Comptes"

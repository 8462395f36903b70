from django.apps import AppConfig


class MembershipConfig(AppConfig):
    name = "beffroi.programme.membership"
    label = "membership"
    verbose_name = "Programmes et communes"

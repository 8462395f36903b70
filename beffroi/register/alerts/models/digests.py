"""The weekly digest: who got one in which week, and who wants none."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from beffroi.foundations.notices.models import Notice


class WeeklyDigest(Notice):
    """One person's digest of one ISO week; none is sent where there was nothing to say."""

    iso_year = models.PositiveSmallIntegerField("année ISO")
    iso_week = models.PositiveSmallIntegerField("semaine ISO")
    alerts = models.PositiveIntegerField("alertes")

    class Meta:
        verbose_name = "résumé hebdomadaire"
        verbose_name_plural = "résumés hebdomadaires"
        ordering = ["-iso_year", "-iso_week", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "iso_year", "iso_week"], name="alerts_one_digest_a_week"
            )
        ]

    def __str__(self) -> str:
        return f"{self.recipient_id}\u00a0: {self.iso_year}-S{self.iso_week:02}"


class DigestRefusal(models.Model):
    """An account that asked for no weekly digest."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="compte"
    )
    since = models.DateTimeField("depuis le")

    class Meta:
        verbose_name = "refus du résumé hebdomadaire"
        verbose_name_plural = "refus du résumé hebdomadaire"

    def __str__(self) -> str:
        return str(self.user)

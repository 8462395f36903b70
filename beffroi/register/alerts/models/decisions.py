"""An alert put off to a day, or filed for good, with the reason."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models


class AlertDecision(models.Model):
    """What a person decided about one alert, known by its key. Empty `until`: filed.

    A decision that was undone stays, with `undone_at`.
    """

    key = models.CharField("alerte", max_length=200)
    sentence = models.TextField("ce que disait l’alerte")
    until = models.DateField("reportée au", null=True, blank=True)
    reason = models.TextField("motif")
    decided_at = models.DateTimeField("décidée le")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="décidée par",
    )
    undone_at = models.DateTimeField("annulée le", null=True, blank=True)

    class Meta:
        verbose_name = "suite donnée à une alerte"
        verbose_name_plural = "suites données aux alertes"
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(undone_at__isnull=True),
                name="alerts_one_standing_decision",
            )
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def is_filed(self) -> bool:
        """Whether the alert was filed, and not merely put off."""
        return self.until is None

    def hides_on(self, day: date) -> bool:
        """Whether the alert stays out of sight that day."""
        return self.until is None or day < self.until

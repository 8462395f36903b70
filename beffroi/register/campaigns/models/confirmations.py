"""A dated answer: this sheet is right, as it stands or as I corrected it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from beffroi.foundations.territories.models import Town

from .campaigns import Campaign


class ConfirmationKind(models.TextChoices):
    """What the person says of the sheet."""

    UNCHANGED = "unchanged", "rien n’a changé"
    CORRECTED = "corrected", "corrigée"


class Confirmation(models.Model):
    """One answer for one town. Without a campaign, a sheet confirmed of one's own accord.

    `fingerprint` is that of the rows the person saw. Answers given at once share a `batch`, by
    which they are taken back at once; an answer taken back stays, with `withdrawn_at`.
    """

    town = models.ForeignKey(Town, on_delete=models.PROTECT, related_name="confirmations")
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, null=True, blank=True, related_name="confirmations"
    )
    kind = models.CharField("réponse", max_length=10, choices=ConfirmationKind)
    comment = models.TextField("commentaire", blank=True)
    fingerprint = models.CharField("empreinte", max_length=64)
    confirmed_at = models.DateTimeField("confirmée le")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="confirmée par",
    )
    batch = models.UUIDField("lot", db_index=True)
    withdrawn_at = models.DateTimeField("reprise le", null=True, blank=True)

    class Meta:
        verbose_name = "confirmation"
        verbose_name_plural = "confirmations"
        ordering = ["-confirmed_at", "-pk"]
        indexes = [models.Index(fields=["town", "confirmed_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "town"],
                condition=models.Q(withdrawn_at__isnull=True, campaign__isnull=False),
                name="campaigns_one_standing_answer",
            )
        ]

    def __str__(self) -> str:
        return f"{self.town}\u00a0: {self.get_kind_display()}"

"""Addresses nobody may write to, kept without the address itself."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class SuppressionReason(models.TextChoices):
    """Why an address is never written to; `rules.SUPPRESSION_STRENGTH` orders them."""

    UNSUBSCRIBED = "unsubscribed", "désinscription"
    BOUNCED = "bounced", "adresse en erreur"
    COMPLAINT = "complaint", "signalement comme indésirable"
    OBJECTION = "objection", "opposition"
    ERASED = "erased", "effacement demandé"


class Suppression(models.Model):
    """A keyed hash of an address: it outlives the subscriber and names nobody."""

    address_hash = models.CharField("empreinte", max_length=64, unique=True)
    reason = models.CharField("motif", max_length=12, choices=SuppressionReason)
    at = models.DateTimeField("depuis")

    class Meta:
        verbose_name = "adresse retirée"
        verbose_name_plural = "adresses retirées"
        default_permissions = ("view",)
        permissions = [("lift_suppression", "Peut lever le retrait d’une adresse")]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=SuppressionReason.values),
                name="audience_suppression_reason_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.address_hash[:8]}"

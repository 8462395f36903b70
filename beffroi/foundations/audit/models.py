"""The trail: who did what, when, on which row, and why. Rows are written once."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class AuditEntry(models.Model):
    """One recorded act. `target` names the row in words that survive its deletion."""

    at = models.DateTimeField("date et heure", db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="auteur",
        help_text="Vide lorsque l’acte vient de la ligne de commande ou d’une tâche.",
    )
    verb = models.CharField("acte", max_length=100)
    target_type = models.CharField("type", max_length=100)
    target_key = models.CharField("identifiant", max_length=100)
    target = models.CharField("objet", max_length=300)
    reason = models.TextField("motif", blank=True)
    changes = models.JSONField("changements", default=dict, blank=True)

    class Meta:
        verbose_name = "acte"
        verbose_name_plural = "journal"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["target_type", "target_key"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.target}"

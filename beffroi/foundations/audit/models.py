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


class Creation(models.Model):
    """Rows of one kind that one act created: a run of consecutive keys, both ends included.

    A file of 100,000 rows is one line here, and each row is still traced to its file and author.
    """

    at = models.DateTimeField("date et heure")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="auteur",
    )
    verb = models.CharField("acte", max_length=100)
    target_type = models.CharField("type", max_length=100)
    first_key = models.BigIntegerField("première clé")
    last_key = models.BigIntegerField("dernière clé")
    reason = models.TextField("motif", blank=True)

    class Meta:
        verbose_name = "création"
        verbose_name_plural = "créations"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["target_type", "first_key"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_key__lte=models.F("last_key")),
                name="audit_creation_run_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_type} {self.first_key}–{self.last_key}"

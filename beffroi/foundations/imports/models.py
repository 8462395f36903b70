"""What came in by file, and the rows that a person still has to correct."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class ReceivedFile(models.Model):
    """A file whose rows changed the register, with what became of them."""

    name = models.CharField("fichier", max_length=255)
    kind = models.CharField("contenu", max_length=60)
    sha256 = models.CharField("empreinte", max_length=64)
    received_at = models.DateTimeField("reçu le", db_index=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="reçu par",
    )
    counts = models.JSONField("lignes", default=dict)

    class Meta:
        verbose_name = "fichier reçu"
        verbose_name_plural = "fichiers reçus"
        ordering = ["-received_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class RefusedRow(models.Model):
    """A row that a partial import left out, kept until a person has dealt with it.

    `raw` holds its cells as pairs, column and text. `fingerprint` tells the row by what it says,
    so that receiving it again adds nothing.
    """

    file_name = models.CharField("fichier", max_length=255)
    line = models.PositiveIntegerField("ligne")
    column = models.CharField("colonne", max_length=200, blank=True)
    value = models.TextField("valeur", blank=True)
    reason = models.TextField("motif")
    # Pairs, because PostgreSQL does not keep the order of an object's keys.
    raw = models.JSONField("ligne reçue", default=list)
    fingerprint = models.CharField("empreinte", max_length=64, editable=False)
    received_at = models.DateTimeField("reçue le")
    resolved_at = models.DateTimeField("traitée le", null=True, blank=True)

    class Meta:
        verbose_name = "ligne à corriger"
        verbose_name_plural = "lignes à corriger"
        ordering = ["file_name", "line"]
        constraints = [
            models.UniqueConstraint(
                fields=["file_name", "fingerprint"], name="imports_refused_row_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name}, ligne {self.line}"

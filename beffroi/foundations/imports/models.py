"""What came in by file: imports on the desk, and the rows that a person still has to correct."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from beffroi.foundations.territories.models import Town


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


class Resolution(models.TextChoices):
    """How a refused row was dealt with."""

    CORRECTED = "corrected", "corrigée et rejouée"
    REPLAYED = "replayed", "rejouée telle quelle"
    ABANDONED = "abandoned", "abandonnée"


class RefusedRow(models.Model):
    """A row that a partial import left out, kept until a person has dealt with it.

    `raw` holds its cells as pairs, column and text. `fingerprint` tells the row by what it says,
    so that receiving it again adds nothing. `town` is the one it speaks of, where this can be read:
    those who look after it see the row. `correction` holds what was changed to replay it: column,
    received text, corrected text.
    """

    file_name = models.CharField("fichier", max_length=255)
    kind = models.CharField("contenu", max_length=60, blank=True)
    line = models.PositiveIntegerField("ligne")
    column = models.CharField("colonne", max_length=200, blank=True)
    value = models.TextField("valeur", blank=True)
    reason = models.TextField("motif")
    # Pairs, because PostgreSQL does not keep the order of an object's keys.
    raw = models.JSONField("ligne reçue", default=list)
    fingerprint = models.CharField("empreinte", max_length=64, editable=False)
    is_contradicted = models.BooleanField("contredit une autre ligne", default=False)
    town = models.ForeignKey(
        Town,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="commune",
    )
    received_at = models.DateTimeField("reçue le")
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="reçue de",
    )
    resolution = models.CharField("suite donnée", max_length=12, choices=Resolution, blank=True)
    resolved_at = models.DateTimeField("traitée le", null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="traitée par",
    )
    resolution_reason = models.TextField("motif de l’abandon", blank=True)
    correction = models.JSONField("correction", default=list, blank=True)

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

    @property
    def faults(self) -> list[tuple[str, str, str]]:
        """Why it was refused: column, value and reason of each fault, the first one's apart."""
        first, *others = self.reason.split("\n")
        faults = [(self.column, self.value, first)]
        for line in others:
            place, _, reason = line.partition(" : ")
            column, _, value = place.partition(", « ")
            faults.append((column, value.removesuffix(" »"), reason))
        return faults


class RunState(models.TextChoices):
    """How far an import on the desk is."""

    READING = "reading", "lecture en cours"
    PREVIEWED = "previewed", "à confirmer"
    WRITING = "writing", "écriture en cours"
    WRITTEN = "written", "écrite"
    CANCELLED = "cancelled", "abandonnée"
    EXPIRED = "expired", "périmée"
    FAILED = "failed", "interrompue"


class ImportRun(models.Model):
    """Files that a person brought on the desk: read, previewed, then written or given up.

    `agreed` is the fingerprint of the preview: what is written is exactly that. The files are kept
    in private storage until the run ends; the counts stay.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField("état", max_length=12, choices=RunState, default=RunState.READING)
    files = models.JSONField("fichiers", default=list)
    created_at = models.DateTimeField("apportée le", db_index=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="apportée par",
    )
    is_partial = models.BooleanField("bonnes lignes seulement", default=False)
    step = models.CharField("étape", max_length=100, blank=True)
    percent = models.PositiveSmallIntegerField("avancement", default=0)
    touched_at = models.DateTimeField("dernier signe")
    agreed = models.CharField("empreinte de l’aperçu", max_length=64, blank=True)
    has_changed = models.BooleanField("le registre a changé depuis l’aperçu", default=False)
    counts = models.JSONField("lignes par fichier", default=dict)
    kinds = models.JSONField("contenu des fichiers", default=dict)
    notes = models.JSONField("notes sur les fichiers", default=list)
    ignored = models.JSONField("laissés de côté", default=list)
    size = models.BigIntegerField("taille (octets)", default=0)
    ended_at = models.DateTimeField("close le", null=True, blank=True)

    class Meta:
        verbose_name = "reprise"
        verbose_name_plural = "reprises"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return ", ".join(self.files)

    @property
    def is_working(self) -> bool:
        """True while a task reads or writes."""
        return self.state in {RunState.READING, RunState.WRITING}

    @property
    def totals(self) -> dict[str, int]:
        """Rows by outcome, all files together."""
        totals: dict[str, int] = {}
        for counts in self.counts.values():
            for outcome, count in counts.items():
                totals[outcome] = totals.get(outcome, 0) + count
        return totals


class PreviewedRow(models.Model):
    """What becomes of one row of an import. `remarks` are its refusals or notes (column, value,
    reason), `changes` its cells that change (column, old, new)."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    file_name = models.CharField("fichier", max_length=255)
    line = models.PositiveIntegerField("ligne")
    outcome = models.CharField("devient", max_length=12)
    key = models.TextField("identifiant", blank=True)
    remarks = models.JSONField("remarques", default=list)
    changes = models.JSONField("changements", default=list)

    class Meta:
        verbose_name = "ligne de l’aperçu"
        verbose_name_plural = "lignes de l’aperçu"
        ordering = ["pk"]
        indexes = [models.Index(fields=["run", "outcome", "id"], name="imports_row_by_outcome")]

    def __str__(self) -> str:
        return f"{self.file_name}, ligne {self.line}"

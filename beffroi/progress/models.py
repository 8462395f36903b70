"""Frozen reports. A snapshot is written once: a correction is another revision, with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.urls import reverse

from beffroi.foundations.accounts.models import User
from beffroi.foundations.dates import format_date
from beffroi.programme.membership.models import Programme

from . import frozen
from .report import Report, UnknownFigure
from .rules import Figure, reference_of

__all__ = [
    "FrozenPicture",
    "Preparation",
    "Publication",
    "Snapshot",
    "SnapshotIsFrozen",
    "UnknownFigure",
]


class SnapshotIsFrozen(Exception):
    """A frozen report can be neither changed nor deleted; it can only be revised."""


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """Snapshots that nothing changes."""

    def update(self, **_: Any) -> NoReturn:
        """Refused."""
        raise SnapshotIsFrozen

    def delete(self) -> NoReturn:
        """Refused."""
        raise SnapshotIsFrozen

    def bulk_update(self, *_: Any, **__: Any) -> NoReturn:
        """Refused."""
        raise SnapshotIsFrozen

    def without_content(self) -> SnapshotQuerySet:
        """For lists: the figures and their rows stay in the database until they are read."""
        return self.defer("content", "rows")

    def without_rows(self) -> SnapshotQuerySet:
        """For reports: the rows behind the figures stay in the database until one is opened."""
        return self.defer("rows")

    def published(self) -> SnapshotQuerySet:
        """Those that the public may read."""
        return self.filter(publication__isnull=False)


class Snapshot(models.Model):
    """The figures of a day in a territory, with their definitions and the rows behind them."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="snapshots")
    reference = models.CharField("référence", max_length=80, unique=True)
    as_of = models.DateField("date des chiffres", db_index=True)
    territory = models.CharField("territoire", max_length=40, default="national")
    territory_name = models.CharField("nom du territoire", max_length=200)
    revision = models.PositiveSmallIntegerField("révision", default=1)
    reason = models.TextField("motif de la révision", blank=True)
    frozen_at = models.DateTimeField("figé le")
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="figé par",
        help_text="Vide lorsque la ligne de commande a figé ce point d’avancement.",
    )
    content = models.JSONField("chiffres figés")
    rows = models.JSONField("lignes figées")
    fingerprint = models.CharField("empreinte", max_length=64)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = "point d’avancement"
        verbose_name_plural = "points d’avancement"
        ordering = ["-as_of", "territory", "-revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "as_of", "territory", "revision"],
                name="progress_revision_once",
            ),
            models.CheckConstraint(
                condition=models.Q(revision=1) | ~models.Q(reason=""),
                name="progress_revision_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new row; raise SnapshotIsFrozen for one that exists."""
        if not self._state.adding:
            raise SnapshotIsFrozen
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The public page of this report."""
        return reverse("progress:snapshot", args=[self.reference])

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refused."""
        raise SnapshotIsFrozen

    @classmethod
    def record(
        cls,
        *,
        programme: Programme,
        report: frozen.Frozen,
        revision: int,
        reason: str,
        frozen_at: datetime,
        frozen_by: User | None,
    ) -> Snapshot:
        """Write one revision, once and for all."""
        content = report.content
        as_of, territory = date.fromisoformat(content["as_of"]), content["territory"]
        return cls.objects.create(
            programme=programme,
            reference=reference_of(as_of, territory, revision),
            as_of=as_of,
            territory=territory,
            territory_name=content["territory_name"],
            revision=revision,
            reason=reason,
            frozen_at=frozen_at,
            frozen_by=frozen_by,
            content=content,
            rows=report.rows,
            fingerprint=report.fingerprint,
        )

    def holds(self) -> bool:
        """Whether what is kept still has the fingerprint that it was frozen with."""
        return frozen.Frozen(self.content, self.rows).fingerprint == self.fingerprint

    @property
    def is_published(self) -> bool:
        """Whether the public may read it."""
        return hasattr(self, "publication")

    @property
    def day(self) -> str:
        """The date of the figures, as French writes it."""
        return format_date(self.as_of)

    @cached_property
    def report(self) -> Report:
        """What the report says, whatever its form."""
        return replace(
            frozen.thaw(self.content),
            reference=self.reference,
            revision=self.revision,
            reason=self.reason,
            frozen_at=self.frozen_at,
            fingerprint=self.fingerprint,
        )

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every frozen figure, in reading order, without its rows."""
        return self.report.figures

    def figure(self, code: str) -> Figure:
        """The frozen figure of that code; raise UnknownFigure where the snapshot has none."""
        return self.report.figure(code)

    def rows_behind(self, code: str) -> frozen.OpenedTable:
        """The frozen rows of one figure; raise UnknownFigure where the snapshot has none."""
        return frozen.open_figure(self.figure(code), self.rows)


class Publication(models.Model):
    """The moment from which the public reads a frozen report."""

    snapshot = models.OneToOneField(Snapshot, on_delete=models.PROTECT, related_name="publication")
    published_at = models.DateTimeField("publié le")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="publié par",
        help_text="Vide lorsque la ligne de commande a publié ce point d’avancement.",
    )

    class Meta:
        verbose_name = "publication"
        verbose_name_plural = "publications"

    def __str__(self) -> str:
        return f"{self.snapshot_id}"


class PreparationQuerySet(models.QuerySet["Preparation"]):
    """Reports on their way."""

    def opened(self) -> PreparationQuerySet:
        """Neither frozen nor given up."""
        return self.filter(snapshot=None, given_up_at=None)


class Preparation(models.Model):
    """A report on its way: prepared by one person, reviewed by another, then frozen.

    `reviewed_fingerprint` is that of the figures the reviewer saw: they are frozen as they were
    seen, or reviewed again; it is empty where the reviewer sent the report back. A preparation that
    became a snapshot, or was given up, is closed.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField("date des chiffres")
    territory = models.CharField("territoire", max_length=40, default="national")
    territory_name = models.CharField("nom du territoire", max_length=200)
    foreword = models.TextField("avant-propos", blank=True)
    reason = models.TextField("motif de la révision", blank=True)
    prepared_at = models.DateTimeField("préparé le")
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="préparé par",
    )
    reviewed_at = models.DateTimeField("relu le", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="relu par",
    )
    reviewed_fingerprint = models.CharField("empreinte relue", max_length=64, blank=True)
    reviewed_figures = models.JSONField("chiffres relus", default=dict, blank=True)
    remark = models.TextField("remarque de la relecture", blank=True)
    snapshot = models.OneToOneField(
        Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="preparation"
    )
    given_up_at = models.DateTimeField("abandonné le", null=True, blank=True)

    objects = PreparationQuerySet.as_manager()

    class Meta:
        verbose_name = "point d’avancement en préparation"
        verbose_name_plural = "points d’avancement en préparation"
        ordering = ["-prepared_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reviewed_by=None)
                | ~models.Q(reviewed_by=models.F("prepared_by")),
                name="progress_reviewed_by_another",
            ),
            models.UniqueConstraint(
                fields=["programme", "as_of", "territory"],
                condition=models.Q(snapshot=None, given_up_at=None),
                name="progress_one_open_preparation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.territory_name}, {format_date(self.as_of)}"

    @property
    def day(self) -> str:
        """The date of the figures, as French writes it."""
        return format_date(self.as_of)

    @property
    def is_open(self) -> bool:
        """Whether it may still become a report."""
        return self.snapshot_id is None and self.given_up_at is None

    @property
    def is_reviewed(self) -> bool:
        """Whether somebody vouched for its figures."""
        return bool(self.reviewed_fingerprint)

    @property
    def is_sent_back(self) -> bool:
        """Whether it waits to be put right."""
        return self.reviewed_by_id is not None and not self.is_reviewed

    def reviewed(
        self, *, by: User, at: datetime, fingerprint: str, figures: dict[str, dict[str, str]]
    ) -> None:
        """Keep who saw which figures."""
        self.reviewed_by, self.reviewed_at, self.remark = by, at, ""
        self.reviewed_fingerprint, self.reviewed_figures = fingerprint, figures
        self.save()

    def sent_back(self, *, by: User, at: datetime, remark: str) -> None:
        """Keep what is to be put right."""
        self.reviewed(by=by, at=at, fingerprint="", figures={})
        self.remark = remark
        self.save(update_fields=["remark"])

    def amended(self, *, by: User, at: datetime) -> None:
        """Make it the work of whoever changed it, reviewed by nobody."""
        self.prepared_by, self.prepared_at = by, at
        self._unreviewed()

    def became(self, snapshot: Snapshot) -> None:
        """Close it on the report that it made."""
        self.snapshot = snapshot
        self.save(update_fields=["snapshot"])

    def given_up(self, *, at: datetime) -> None:
        """Close it without a report."""
        self.given_up_at = at
        self.save(update_fields=["given_up_at"])

    def resumed(self) -> None:
        """Open it again, to be reviewed anew."""
        self.given_up_at = None
        self._unreviewed()

    def _unreviewed(self) -> None:
        self.reviewed_by = self.reviewed_at = None
        self.reviewed_fingerprint, self.reviewed_figures, self.remark = "", {}, ""
        self.save()


class FrozenPicture(models.Model):
    """A picture that frozen reports show, named by what it holds: a partner's logo."""

    fingerprint = models.CharField("empreinte SHA-256", max_length=64, primary_key=True)
    content_type = models.CharField("type", max_length=40)
    body = models.BinaryField("contenu")

    class Meta:
        verbose_name = "image figée"
        verbose_name_plural = "images figées"

    def __str__(self) -> str:
        return self.fingerprint

    @staticmethod
    def keep(pictures: Mapping[str, bytes]) -> None:
        """Keep PNG pictures under their SHA-256; those that are kept already stay."""
        rows = [
            FrozenPicture(fingerprint=fingerprint, content_type="image/png", body=body)
            for fingerprint, body in pictures.items()
        ]
        FrozenPicture.objects.bulk_create(rows, ignore_conflicts=True)

"""Frozen reports. A snapshot is written once: a correction is another revision, with its reason."""

from __future__ import annotations

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
from .rules import Figure, reference_of


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
        return self.defer("content")


class Snapshot(models.Model):
    """The figures of a day in a territory, with their definitions and the rows behind them."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="snapshots")
    reference = models.CharField("référence", max_length=60, unique=True)
    as_of = models.DateField("date des chiffres", db_index=True)
    territory = models.CharField("territoire", max_length=20, default="national")
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
        content: frozen.Content,
        revision: int,
        reason: str,
        frozen_at: datetime,
        frozen_by: User | None,
    ) -> Snapshot:
        """Write one revision, once and for all."""
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
            fingerprint=frozen.fingerprint(content),
        )

    @property
    def day(self) -> str:
        """The date of the figures, as French writes it."""
        return format_date(self.as_of)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every frozen figure, in reading order."""
        return frozen.thaw_figures(self.content)

    def figure(self, code: str) -> Figure:
        """The frozen figure of that code; raise UnknownFigure where the snapshot has none."""
        for figure in self.figures:
            if figure.code == code:
                return figure
        raise UnknownFigure(code)

    def rows_behind(self, code: str) -> frozen.OpenedTable:
        """The frozen rows of one figure; raise UnknownFigure where the snapshot has none."""
        return frozen.open_figure(self.content, self.figure(code))


class UnknownFigure(LookupError):
    """This snapshot holds no figure of that code."""

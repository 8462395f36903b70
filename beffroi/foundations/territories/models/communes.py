"""Communes: an identity, its dated codes and names, and what became of it."""

from __future__ import annotations

from django.db import models

from .folded import FoldedField
from .periods import Dated
from .wider import Department


class Town(models.Model):
    """One commune as a lasting identity. Its code, name and département are in `periods`."""

    class Meta:
        verbose_name = "commune"
        verbose_name_plural = "communes"

    def __str__(self) -> str:
        period = self.periods.order_by(models.F("valid_from").desc(nulls_last=True)).first()
        return str(period) if period else f"commune {self.pk}"


class TownPeriod(Dated):
    """The INSEE code, name and département of a town during a period."""

    town = models.ForeignKey(Town, on_delete=models.CASCADE, related_name="periods")
    code = models.CharField("code INSEE", max_length=5, db_index=True)
    name = models.CharField("nom", max_length=200)
    folded_name = FoldedField("nom replié", max_length=200, source="name", db_index=True)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")

    class Meta(Dated.Meta):
        verbose_name = "période de commune"
        verbose_name_plural = "périodes de commune"

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Succession(models.Model):
    """A town that ended and the one that continues it; a split has several successors."""

    predecessor = models.ForeignKey(Town, on_delete=models.CASCADE, related_name="successions")
    successor = models.ForeignKey(Town, on_delete=models.CASCADE, related_name="+")
    happened_on = models.DateField("date d’effet")

    class Meta:
        verbose_name = "succession"
        verbose_name_plural = "successions"
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "happened_on"],
                name="territories_succession_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")),
                name="territories_succession_not_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id} ({self.happened_on})"


class FormerCode(models.Model):
    """A code that official files still name as absorbed by a living town, with no date given."""

    code = models.CharField("ancien code INSEE", max_length=5, db_index=True)
    town = models.ForeignKey(Town, on_delete=models.CASCADE, related_name="former_codes")

    class Meta:
        verbose_name = "ancien code"
        verbose_name_plural = "anciens codes"
        constraints = [
            models.UniqueConstraint(fields=["code", "town"], name="territories_former_code_once")
        ]

    def __str__(self) -> str:
        return self.code


class Population(Dated):
    """The population of a town, as the vintage in force during the period gives it (people)."""

    town = models.ForeignKey(Town, on_delete=models.CASCADE, related_name="populations")
    inhabitants = models.PositiveIntegerField("population")

    class Meta(Dated.Meta):
        verbose_name = "population"
        verbose_name_plural = "populations"

    def __str__(self) -> str:
        return str(self.inhabitants)

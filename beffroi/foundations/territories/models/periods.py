"""Validity periods, half open: a row is true from `valid_from` up to, not including, `valid_to`."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models


class DatedQuerySet(models.QuerySet[models.Model]):
    """Rows with a validity period."""

    def as_of(self, day: date) -> Self:
        """Keep the rows that are true on `day`; an open end holds for ever."""
        return self.filter(
            models.Q(valid_from__isnull=True) | models.Q(valid_from__lte=day),
            models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=day),
        )


class Dated(models.Model):
    """What is true during a period. Empty `valid_from`: since before the first known vintage."""

    valid_from = models.DateField("valable depuis", null=True, blank=True)
    valid_to = models.DateField("valable jusqu’au (exclu)", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_to__isnull=True)
                | models.Q(valid_from__lt=models.F("valid_to")),
                name="%(app_label)s_%(class)s_period_in_order",
            )
        ]

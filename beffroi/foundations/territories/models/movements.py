"""The official movements of communes, as the national institute of statistics lists them."""

from __future__ import annotations

from django.db import models


class Movement(models.Model):
    """A line of the official file of events: what a commune was, what it became, on which day."""

    happened_on = models.DateField("date d’effet", db_index=True)
    kind = models.PositiveSmallIntegerField("type d’événement")
    type_before = models.CharField("type avant", max_length=4, blank=True)
    code_before = models.CharField("code avant", max_length=5, blank=True)
    name_before = models.CharField("nom avant", max_length=200, blank=True)
    type_after = models.CharField("type après", max_length=4, blank=True)
    code_after = models.CharField("code après", max_length=5, blank=True)
    name_after = models.CharField("nom après", max_length=200, blank=True)

    class Meta:
        verbose_name = "mouvement de communes"
        verbose_name_plural = "mouvements de communes"
        ordering = ["happened_on", "pk"]

    def __str__(self) -> str:
        return f"{self.happened_on} {self.kind}: {self.code_before} → {self.code_after}"

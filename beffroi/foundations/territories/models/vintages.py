"""The yearly editions of the official geography that the database stands on."""

from __future__ import annotations

from django.db import models


class Vintage(models.Model):
    """A loaded edition of the official geography: its state on January 1st of `year`."""

    year = models.PositiveSmallIntegerField("millésime", unique=True)
    imported_at = models.DateTimeField("importé le")

    class Meta:
        verbose_name = "millésime"
        verbose_name_plural = "millésimes"
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)

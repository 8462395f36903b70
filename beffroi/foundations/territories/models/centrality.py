"""How much of a centre a town is to those around it."""

from __future__ import annotations

from django.db import models

from .communes import Town
from .periods import Dated


class CentralityLevel(models.IntegerChoices):
    """The levels of the national study of centres of equipment and services, lowest first."""

    NONE = 0, "Commune non centre"
    LOCAL = 1, "Centre local d’équipements et de services"
    INTERMEDIATE = 2, "Centre intermédiaire d’équipements et de services"
    STRUCTURING = 3, "Centre structurant d’équipements et de services"
    MAJOR = 4, "Centre majeur d’équipements et de services"


class Centrality(Dated):
    """The level of centrality of a town during a period."""

    town = models.ForeignKey(Town, on_delete=models.CASCADE, related_name="centralities")
    level = models.PositiveSmallIntegerField("niveau", choices=CentralityLevel.choices)

    class Meta(Dated.Meta):
        verbose_name = "niveau de centralité"
        verbose_name_plural = "niveaux de centralité"

    def __str__(self) -> str:
        return CentralityLevel(self.level).label

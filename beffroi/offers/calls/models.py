"""Calls for projects, their editions, and the laureates of the brownfield fund."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models

from beffroi.foundations.territories.models import Town


class Call(models.Model):
    """A call that comes back edition after edition, such as the Fonds friches."""

    code = models.SlugField("code", unique=True)
    name = models.CharField("nom", max_length=200)

    class Meta:
        verbose_name = "appel"
        verbose_name_plural = "appels"

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """One round of a call."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField("édition")

    class Meta:
        verbose_name = "édition"
        verbose_name_plural = "éditions"
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="calls_edition_once")
        ]

    def __str__(self) -> str:
        return f"{self.call}, édition {self.number}"


class BrownfieldProject(models.Model):
    """A laureate of the brownfield fund. Housing is m² of floor, not dwellings."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="brownfields")
    reference = models.CharField("identifiant", max_length=60, unique=True)
    town = models.ForeignKey(Town, on_delete=models.PROTECT, related_name="brownfields")
    decided_on = models.DateField("date de décision", db_index=True)
    area_m2 = models.DecimalField("surface (m²)", max_digits=12, decimal_places=2)
    housing_m2 = models.DecimalField("surface de logements (m²)", max_digits=12, decimal_places=2)
    social_percent = models.DecimalField(
        "part sociale (%)", max_digits=5, decimal_places=2, validators=[MaxValueValidator(100)]
    )

    class Meta:
        verbose_name = "projet de friche lauréat"
        verbose_name_plural = "projets de friche lauréats"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(social_percent__lte=100), name="calls_social_share_up_to_100"
            )
        ]

    def __str__(self) -> str:
        return self.reference

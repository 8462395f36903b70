"""EPCI (établissements publics de coopération intercommunale) and their members."""

from __future__ import annotations

from django.db import models

from .communes import Town
from .periods import Dated


class Intercommunality(models.Model):
    """An EPCI, known by its SIREN (text). 89 of them cross a département, 26 a région."""

    siren = models.CharField("SIREN", max_length=9, unique=True)

    class Meta:
        verbose_name = "intercommunalité"
        verbose_name_plural = "intercommunalités"

    def __str__(self) -> str:
        return self.siren


class IntercommunalityPeriod(Dated):
    """The name and legal kind (CC, CA, CU, METRO…) of an EPCI during a period."""

    intercommunality = models.ForeignKey(
        Intercommunality, on_delete=models.CASCADE, related_name="periods"
    )
    name = models.CharField("nom", max_length=200)
    kind = models.CharField("forme juridique", max_length=10)

    class Meta(Dated.Meta):
        verbose_name = "période d’intercommunalité"
        verbose_name_plural = "périodes d’intercommunalité"

    def __str__(self) -> str:
        return self.name


class IntercommunalityMembership(Dated):
    """A town belonging to an EPCI during a period."""

    intercommunality = models.ForeignKey(
        Intercommunality, on_delete=models.CASCADE, related_name="memberships"
    )
    town = models.ForeignKey(Town, on_delete=models.CASCADE, related_name="intercommunalities")

    class Meta(Dated.Meta):
        verbose_name = "appartenance à une intercommunalité"
        verbose_name_plural = "appartenances à une intercommunalité"

    def __str__(self) -> str:
        return f"{self.town_id} ∈ {self.intercommunality_id}"

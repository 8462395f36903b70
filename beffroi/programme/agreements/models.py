"""Agreements of every kind and the towns they cover, as at signature."""

from __future__ import annotations

from django.db import models

from beffroi.foundations.territories.models import Intercommunality, Town
from beffroi.programme.membership.models import Programme


class AgreementKind(models.TextChoices):
    """What was signed. The two security contracts are never summed."""

    ADHESION = "adhesion", "convention d’adhésion"
    FRAMEWORK = "framework", "convention-cadre"
    SECURITY = "security", "contrat de sécurité PVD"
    INTEGRATED_SECURITY = "integrated_security", "contrat de sécurité intégrée"


class Agreement(models.Model):
    """One signed document. `reference` is the number its signatories gave it, or one made from
    the town's lasting identity where the record gives none."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="agreements")
    kind = models.CharField("type", max_length=20, choices=AgreementKind)
    reference = models.CharField("numéro", max_length=60)
    signed_on = models.DateField("signée le", db_index=True)
    counts_as_ort = models.BooleanField("vaut ORT", default=False)
    intercommunality = models.ForeignKey(
        Intercommunality, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements"
    )

    class Meta:
        verbose_name = "convention"
        verbose_name_plural = "conventions"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "reference"], name="agreements_reference_once"
            ),
            models.CheckConstraint(
                condition=models.Q(counts_as_ort=False) | models.Q(kind="framework"),
                name="agreements_only_a_framework_counts_as_ort",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference}"


class Coverage(models.Model):
    """A town covered by an agreement."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="coverages")
    town = models.ForeignKey(Town, on_delete=models.PROTECT, related_name="coverages")

    class Meta:
        verbose_name = "commune couverte"
        verbose_name_plural = "communes couvertes"
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "town"], name="agreements_town_covered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement} : {self.town}"

"""Organisations: funders, partners, services of the State."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models

from beffroi.foundations.media.models import CreditedImage


class Organisation(models.Model):
    """A body that funds, advises or publishes. Its SIREN is text."""

    name = models.CharField("nom", max_length=200, unique=True)
    siren = models.CharField(
        "SIREN",
        max_length=9,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{9}$", "Neuf chiffres sont attendus.")],
        help_text="Neuf chiffres, sans espace.",
    )
    is_funder = models.BooleanField("financeur", default=False)
    is_partner = models.BooleanField(
        "partenaire du programme",
        default=False,
        help_text="Les points d’avancement nomment les partenaires du programme.",
    )
    logo = models.ForeignKey(
        CreditedImage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="logo",
        help_text=(
            "Montré avec le nom du partenaire\u00a0; un point d’avancement garde pour toujours le "
            "logo du jour où il a été figé."
        ),
    )

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisations"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["siren"],
                condition=~models.Q(siren=""),
                name="directory_organisation_siren_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

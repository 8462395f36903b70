"""Where a person may act: an area of the country, or the rows of one organisation."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.territories.models import Department, Region


class MandateKind(models.TextChoices):
    """How far a mandate reaches."""

    NATIONAL = "national", "France entière"
    REGION = "reg", "région"
    DEPARTMENT = "dep", "département"
    ORGANISATION = "organisation", "organisation partenaire"


class Mandate(models.Model):
    """One person's reach, during a period, half open. What may be done there is in the roles.

    Without a mandate a person sees nothing of the register.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="mandates",
        verbose_name="compte",
    )
    kind = models.CharField("portée", max_length=12, choices=MandateKind)
    region = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="région",
    )
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="département",
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="organisation",
    )
    started_on = models.DateField("depuis")
    ended_on = models.DateField("jusqu’au (exclu)", null=True, blank=True)

    class Meta:
        verbose_name = "périmètre"
        verbose_name_plural = "périmètres"
        ordering = ["user", "kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True)
                | models.Q(started_on__lte=models.F("ended_on")),
                name="mandates_period_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    kind="national",
                    region__isnull=True,
                    department__isnull=True,
                    organisation__isnull=True,
                )
                | models.Q(
                    kind="reg",
                    region__isnull=False,
                    department__isnull=True,
                    organisation__isnull=True,
                )
                | models.Q(
                    kind="dep",
                    region__isnull=True,
                    department__isnull=False,
                    organisation__isnull=True,
                )
                | models.Q(
                    kind="organisation",
                    region__isnull=True,
                    department__isnull=True,
                    organisation__isnull=False,
                ),
                name="mandates_one_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} : {self.get_kind_display()}"

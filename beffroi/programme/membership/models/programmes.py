"""Programmes and the towns they help. A programme is a row: another one needs no code."""

from __future__ import annotations

from django.db import models

from beffroi.foundations.territories.models import Town


class Programme(models.Model):
    """A territorial programme, such as Petites villes de demain."""

    code = models.SlugField("code", unique=True)
    name = models.CharField("nom", max_length=200)
    launched_on = models.DateField("lancé le")
    largest_population = models.PositiveIntegerField(
        "population maximale",
        null=True,
        blank=True,
        help_text="Au-delà, une désignation est signalée, jamais refusée.",
    )

    class Meta:
        verbose_name = "programme"
        verbose_name_plural = "programmes"

    def __str__(self) -> str:
        return self.name


class TownGroup(models.Model):
    """Towns designated together, under the programme's own reference (`id_pvd`)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="groups")
    reference = models.CharField("référence", max_length=40)

    class Meta:
        verbose_name = "groupement de communes"
        verbose_name_plural = "groupements de communes"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "reference"], name="membership_group_once_per_programme"
            )
        ]

    def __str__(self) -> str:
        return self.reference


class Designation(models.Model):
    """A town's place in a programme during a period, half open.

    Empty `started_on`: the record gives no start; the town counts since the programme's launch.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="designations")
    town = models.ForeignKey(Town, on_delete=models.PROTECT, related_name="designations")
    group = models.ForeignKey(
        TownGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="designations"
    )
    started_on = models.DateField("depuis", null=True, blank=True)
    ended_on = models.DateField("sortie le", null=True, blank=True)

    class Meta:
        verbose_name = "désignation"
        verbose_name_plural = "désignations"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(started_on__isnull=True)
                | models.Q(ended_on__isnull=True)
                | models.Q(started_on__lt=models.F("ended_on")),
                name="membership_designation_period_in_order",
            ),
            models.UniqueConstraint(
                fields=["programme", "town"],
                condition=models.Q(ended_on__isnull=True),
                name="membership_one_open_designation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} : {self.town}"

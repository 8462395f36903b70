"""Programmes and the towns they help. A programme is a row: another one needs no code."""

from __future__ import annotations

from django.db import models

from beffroi.foundations.territories.models import Intercommunality, Town


class Programme(models.Model):
    """A territorial programme, such as Petites villes de demain."""

    code = models.SlugField("code", unique=True)
    name = models.CharField("nom", max_length=200)
    launched_on = models.DateField("lancé le")

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


class EmployerKind(models.TextChoices):
    """Who employs a project manager."""

    TOWN = "commune", "commune"
    INTERCOMMUNALITY = "epci", "intercommunalité"


class ProjectManagerPost(models.Model):
    """The post of a project manager, shared by the towns it serves. Its last day is `ended_on`."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="posts")
    reference = models.CharField("identifiant", max_length=60)
    employer_kind = models.CharField("type d’employeur", max_length=10, choices=EmployerKind)
    employer_town = models.ForeignKey(
        Town, on_delete=models.PROTECT, null=True, blank=True, related_name="employed_posts"
    )
    employer_intercommunality = models.ForeignKey(
        Intercommunality,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="employed_posts",
    )
    started_on = models.DateField("depuis", db_index=True)
    ended_on = models.DateField("jusqu’au", null=True, blank=True)

    class Meta:
        verbose_name = "poste de chef de projet"
        verbose_name_plural = "postes de chef de projet"
        constraints = [
            models.UniqueConstraint(fields=["programme", "reference"], name="membership_post_once"),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True)
                | models.Q(started_on__lte=models.F("ended_on")),
                name="membership_post_period_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    employer_kind="commune",
                    employer_town__isnull=False,
                    employer_intercommunality__isnull=True,
                )
                | models.Q(
                    employer_kind="epci",
                    employer_town__isnull=True,
                    employer_intercommunality__isnull=False,
                ),
                name="membership_post_has_one_employer",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class ServedTown(models.Model):
    """A town served by a project manager's post."""

    post = models.ForeignKey(
        ProjectManagerPost, on_delete=models.CASCADE, related_name="served_towns"
    )
    town = models.ForeignKey(Town, on_delete=models.PROTECT, related_name="served_by")

    class Meta:
        verbose_name = "commune desservie"
        verbose_name_plural = "communes desservies"
        constraints = [
            models.UniqueConstraint(fields=["post", "town"], name="membership_town_served_once")
        ]

    def __str__(self) -> str:
        return f"{self.post} : {self.town}"

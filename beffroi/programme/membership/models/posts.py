"""Project managers' posts: who pays them, whom they serve, who holds them.

The last day of a period counts.
"""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models

from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.territories.models import Intercommunality, Town

from .programmes import Programme


def _in_order(name: str) -> models.CheckConstraint:
    """A period whose last day is not before its first; either may be unknown."""
    return models.CheckConstraint(
        condition=models.Q(started_on__isnull=True)
        | models.Q(ended_on__isnull=True)
        | models.Q(started_on__lte=models.F("ended_on")),
        name=name,
    )


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
    annual_cost = models.DecimalField(
        "coût annuel chargé (€)",
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )

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
            models.CheckConstraint(
                condition=models.Q(annual_cost__isnull=True) | models.Q(annual_cost__gt=0),
                name="membership_post_cost_positive",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class ServedTown(models.Model):
    """A town served by a post. Empty days: as long as the post. Its last day is `ended_on`."""

    post = models.ForeignKey(
        ProjectManagerPost, on_delete=models.CASCADE, related_name="served_towns"
    )
    town = models.ForeignKey(Town, on_delete=models.PROTECT, related_name="served_by")
    started_on = models.DateField("depuis", null=True, blank=True)
    ended_on = models.DateField("jusqu’au", null=True, blank=True)

    class Meta:
        verbose_name = "commune desservie"
        verbose_name_plural = "communes desservies"
        constraints = [
            models.UniqueConstraint(
                fields=["post", "town"],
                condition=models.Q(ended_on__isnull=True),
                name="membership_town_served_once_at_a_time",
            ),
            _in_order("membership_served_period_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.post} : {self.town}"


class PostHolder(models.Model):
    """Who holds a post, and how to reach them at work: personal data, declared in `privacy`.

    Once `erased_on`, the name and the addresses are gone and the period stays.
    """

    post = models.ForeignKey(ProjectManagerPost, on_delete=models.CASCADE, related_name="holders")
    name = models.CharField("nom", max_length=200, blank=True)
    email = models.EmailField("adresse professionnelle", blank=True)
    phone = models.CharField("téléphone professionnel", max_length=30, blank=True)
    started_on = models.DateField("en poste depuis")
    ended_on = models.DateField("jusqu’au", null=True, blank=True)
    erased_on = models.DateField("coordonnées effacées le", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "titulaire"
        verbose_name_plural = "titulaires"
        constraints = [
            models.UniqueConstraint(
                fields=["post"],
                condition=models.Q(ended_on__isnull=True),
                name="membership_one_holder_at_a_time",
            ),
            _in_order("membership_holder_period_in_order"),
            models.CheckConstraint(
                condition=models.Q(erased_on__isnull=True) & ~models.Q(name="")
                | models.Q(erased_on__isnull=False, name="", email="", phone=""),
                name="membership_holder_named_or_erased",
            ),
        ]

    def __str__(self) -> str:
        """The post and the day, never the person: the trail outlives the erasure."""
        return f"{self.post} : titulaire depuis le {self.started_on:%d/%m/%Y}"


class PostVacancy(models.Model):
    """A period during which nobody holds a post, known as such. Its last day is `ended_on`."""

    post = models.ForeignKey(ProjectManagerPost, on_delete=models.CASCADE, related_name="vacancies")
    started_on = models.DateField("vacant depuis")
    ended_on = models.DateField("jusqu’au", null=True, blank=True)

    class Meta:
        verbose_name = "vacance de poste"
        verbose_name_plural = "vacances de poste"
        constraints = [
            models.UniqueConstraint(
                fields=["post"],
                condition=models.Q(ended_on__isnull=True),
                name="membership_one_vacancy_at_a_time",
            ),
            _in_order("membership_vacancy_period_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.post} : vacant depuis le {self.started_on:%d/%m/%Y}"


class PostFunding(models.Model):
    """What a funder gives for a post in a calendar year, in euros."""

    post = models.ForeignKey(ProjectManagerPost, on_delete=models.CASCADE, related_name="fundings")
    funder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("année")
    amount = models.DecimalField("montant (€)", max_digits=10, decimal_places=2)

    class Meta:
        verbose_name = "financement de poste"
        verbose_name_plural = "financements de poste"
        constraints = [
            models.UniqueConstraint(
                fields=["post", "funder", "year"], name="membership_one_funding_per_year"
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="membership_funding_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} : {self.funder}, {self.year}"

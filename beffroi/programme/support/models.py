"""Money and expertise given to towns. Amounts are euros, exact to the cent."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models

from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.territories.models import Town
from beffroi.programme.membership.models import Programme


class PlannedCommitment(models.Model):
    """What a funder plans to commit over the life of the programme."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="planned_commitments"
    )
    funder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField("montant (€)", max_digits=16, decimal_places=2)

    class Meta:
        verbose_name = "engagement prévisionnel"
        verbose_name_plural = "engagements prévisionnels"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "funder"], name="support_one_plan_per_funder"
            )
        ]

    def __str__(self) -> str:
        return f"{self.funder} : {self.amount} €"


class MoneyState(models.TextChoices):
    """The four states of public money, in order."""

    ANNOUNCED = "announced", "annoncé"
    PROGRAMMED = "programmed", "programmé"
    COMMITTED = "committed", "engagé"
    PAID = "paid", "payé"


class RealisedCommitment(models.Model):
    """One decision to give money; `decision_reference` is its key and counts once."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="realised_commitments"
    )
    decision_reference = models.CharField("référence de décision", max_length=100)
    funder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        "état", max_length=12, choices=MoneyState, default=MoneyState.COMMITTED
    )
    decided_on = models.DateField("date de la convention", db_index=True)
    amount = models.DecimalField("montant (€)", max_digits=16, decimal_places=2)
    beneficiary_name = models.CharField("bénéficiaire", max_length=300)
    beneficiary_siren = models.CharField("identifiant du bénéficiaire", max_length=14)
    purpose = models.CharField("objet", max_length=500)
    form = models.CharField("nature", max_length=200)
    town = models.ForeignKey(
        Town,
        on_delete=models.PROTECT,
        related_name="realised_commitments",
        help_text="Le lieu du projet, qui peut différer du siège du bénéficiaire.",
    )

    class Meta:
        verbose_name = "engagement réalisé"
        verbose_name_plural = "engagements réalisés"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "decision_reference"], name="support_decision_counted_once"
            )
        ]

    def __str__(self) -> str:
        return self.decision_reference


class ExpertiseMission(models.Model):
    """An expert's mission for a town, paid by a funder."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="missions")
    reference = models.CharField("identifiant", max_length=60)
    town = models.ForeignKey(Town, on_delete=models.PROTECT, related_name="missions")
    funder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    theme = models.CharField("thème", max_length=200)
    notified_on = models.DateField("notifiée le", db_index=True)
    amount = models.DecimalField(
        "montant (€)", max_digits=14, decimal_places=2, validators=[MinValueValidator(0)]
    )

    class Meta:
        verbose_name = "mission d’expertise"
        verbose_name_plural = "missions d’expertise"
        constraints = [
            models.UniqueConstraint(fields=["programme", "reference"], name="support_mission_once")
        ]

    def __str__(self) -> str:
        return self.reference

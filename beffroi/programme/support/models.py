"""Money and expertise given to towns. Amounts are euros, exact to the cent."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models

from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.media.deeds import deed_storage
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
    """One decision to give money; `decision_reference` is its key and counts once.

    `decided_on` is the day it was committed, or reached its state while it is not committed yet.
    `amount` is what is committed, or foreseen until then. A cancelled one counts up to the day
    before.
    """

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
        db_index=False,  # the index that adds money up by town begins with it
        help_text="Le lieu du projet, qui peut différer du siège du bénéficiaire.",
    )
    cancelled_on = models.DateField("annulé le", null=True, blank=True)

    class Meta:
        verbose_name = "engagement réalisé"
        verbose_name_plural = "engagements réalisés"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "decision_reference"], name="support_decision_counted_once"
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0), name="support_commitment_not_negative"
            ),
        ]
        indexes = [
            models.Index(
                fields=["town", "state", "decided_on", "cancelled_on", "amount"],
                name="support_money_by_town",
            )
        ]

    def __str__(self) -> str:
        return self.decision_reference


class MoneyStep(models.Model):
    """A state that a commitment reached: when, for how much, and what proves it.

    A commitment that came from a follow-up file has none until someone moves it on: it stands in
    its `state` since `decided_on`, and its decision is the proof.
    """

    commitment = models.ForeignKey(
        RealisedCommitment, on_delete=models.CASCADE, related_name="steps"
    )
    state = models.CharField("état", max_length=12, choices=MoneyState)
    reached_on = models.DateField("le", db_index=True)
    amount = models.DecimalField("montant (€)", max_digits=16, decimal_places=2)
    evidence = models.CharField(
        "pièce justificative",
        max_length=300,
        help_text="Référence de la décision, de la convention ou du mandat de paiement.",
    )
    document = models.FileField(
        "fichier", storage=deed_storage, upload_to="engagements/%Y/", blank=True
    )
    document_name = models.CharField("nom du fichier", max_length=120, blank=True)

    class Meta:
        verbose_name = "étape d’un engagement"
        verbose_name_plural = "étapes d’un engagement"
        ordering = ["commitment", "reached_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "state"], name="support_state_once"),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0), name="support_step_not_negative"
            ),
            models.CheckConstraint(
                condition=~models.Q(evidence=""), name="support_step_has_evidence"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment} : {self.get_state_display()}"


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

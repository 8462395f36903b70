"""What is entered at the desk about money and missions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.desk.acts import ActForm, day_field, euros_field, refusals_in_form
from beffroi.foundations.desk.fields import TownField
from beffroi.foundations.desk.forms import RegisterForm
from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.mandates.queries import NATIONAL, Scope
from beffroi.foundations.media.deeds import ACCEPTED, LARGEST, Deed, read_deed
from beffroi.programme.membership.forms import programme_field
from beffroi.programme.support.actions import (
    CommitmentRecord,
    DecisionExists,
    MissionRecord,
    PlanRecord,
    StepRecord,
    advance_commitment,
    cancel_commitment,
    correct_commitment,
    correct_mission,
    correct_plan,
    plan_commitment,
    record_commitment,
    record_mission,
)
from beffroi.programme.support.models import (
    ExpertiseMission,
    MoneyState,
    PlannedCommitment,
    RealisedCommitment,
)
from beffroi.programme.support.permissions import visible_commitments
from beffroi.programme.support.rules import is_beneficiary_number

TAKEN = "Cette référence est déjà celle d’une décision hors de votre périmètre."
EVIDENCE_HELP = "Référence de la décision, de la convention ou du mandat de paiement."
_MEGA = LARGEST // 1024 // 1024


def funder_field() -> forms.ModelChoiceField[Organisation]:
    """A funder, among those the form allows."""
    return forms.ModelChoiceField(
        label="Financeur", queryset=Organisation.objects.filter(is_funder=True).order_by("name")
    )


def deed_field() -> forms.FileField:
    """A file that proves it."""
    return forms.FileField(
        label="Fichier justificatif",
        required=False,
        help_text=f"{ACCEPTED}, {_MEGA}\u00a0Mo au plus.",
    )


def read_sent(sent: Any) -> Deed | None:
    """The file sent, looked into. Raises ValidationError."""
    if not sent:
        return None
    if sent.size > LARGEST:
        raise ValidationError(f"Le fichier dépasse {_MEGA}\u00a0Mo.")
    sent.seek(0)
    with refusals_in_form():
        return read_deed(name=sent.name, content=sent.read())


@contextmanager
def refusals_within(scope: Scope) -> Iterator[None]:
    """The same as `refusals_in_form`, which tells nothing of a decision that is out of reach."""
    with refusals_in_form():
        try:
            yield
        except DecisionExists as known:
            if visible_commitments(scope).filter(pk=known.commitment.pk).exists():
                raise
            raise ValidationError(TAKEN) from None


class FundedForm(RegisterForm):
    """A row about a town, paid by a funder: a partner enters its own rows, for any town."""

    class Meta:
        model = RealisedCommitment
        fields: list[str] = []

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        self.own_scope = scope
        is_partner = not scope.has_area
        super().__init__(*args, scope=NATIONAL if is_partner else scope, **kwargs)
        field: Any = self.fields["funder"]
        if is_partner:
            field.queryset = field.queryset.filter(pk__in=scope.organisation_ids)


class CommitmentCorrection(FundedForm):
    """What a decision says."""

    decision_reference = forms.CharField(label="Référence de décision", max_length=100)
    funder = funder_field()
    town = TownField(
        label="Commune du projet",
        help_text="Le lieu du projet, qui peut différer du siège du bénéficiaire.",
    )
    decided_on = day_field("Date de la décision")
    amount = euros_field("Montant (€)")
    beneficiary_name = forms.CharField(label="Bénéficiaire", max_length=300)
    beneficiary_siren = forms.CharField(
        label="SIREN ou SIRET du bénéficiaire", required=False, max_length=14
    )
    purpose = forms.CharField(label="Objet", required=False, max_length=500)
    form = forms.CharField(label="Nature de l’aide", required=False, max_length=200)

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        """What the row says."""
        names = ("decision_reference", "decided_on", "amount", "beneficiary_name")
        more = ("beneficiary_siren", "purpose", "form")
        told = {name: getattr(row, name) for name in (*names, *more)}
        return {**told, "funder": row.funder_id, "town": row.town_id}

    def clean_beneficiary_siren(self) -> str:
        """Nine or fourteen digits, or an association's number."""
        number = str(self.cleaned_data["beneficiary_siren"]).replace(" ", "")
        if number and not is_beneficiary_number(number):
            raise ValidationError(
                "Attendu\u00a0: 9 chiffres (SIREN), 14 (SIRET), ou W et 9 chiffres."
            )
        return number

    def record(self) -> CommitmentRecord:
        """What was entered."""
        entered = self.cleaned_data
        return CommitmentRecord(
            decision_reference=entered["decision_reference"].strip(),
            funder_id=entered["funder"].pk,
            decided_on=entered["decided_on"],
            amount=entered["amount"],
            beneficiary_name=entered["beneficiary_name"],
            beneficiary_siren=entered["beneficiary_siren"],
            purpose=entered["purpose"],
            form=entered["form"],
            town_id=entered["town"].pk,
        )

    def write(self, *, by: Authorship) -> RealisedCommitment:
        """Correct."""
        with refusals_within(self.own_scope):
            return correct_commitment(commitment=self.instance, record=self.record(), by=by)


class CommitmentForm(CommitmentCorrection):
    """A new decision, in its state, with what proves it."""

    programme = programme_field()
    state = forms.ChoiceField(
        label="État", choices=MoneyState.choices, initial=MoneyState.COMMITTED
    )
    evidence = forms.CharField(label="Pièce justificative", max_length=300, help_text=EVIDENCE_HELP)
    document = deed_field()
    field_order = ["programme", "decision_reference", "state"]

    def write(self, *, by: Authorship) -> RealisedCommitment:
        """Record, and tell of decisions that look the same."""
        entered = self.cleaned_data
        with refusals_within(self.own_scope):
            found = record_commitment(
                programme=entered["programme"],
                record=self.record(),
                state=MoneyState(entered["state"]),
                evidence=entered["evidence"],
                deed=read_sent(entered["document"]),
                by=by,
            )
        keys = [row.pk for row in found.look_alikes]
        if alike := visible_commitments(self.own_scope).filter(pk__in=keys):
            names = ", ".join(str(row) for row in alike)
            remark = (
                f"Une décision a la même référence, aux majuscules et espaces près\u00a0: {names}. "
                "Si c’est la même, elle compte deux fois\u00a0: annulez-en une."
            )
            self.remarks = [remark]
        return found.commitment


class AdvanceCommitment(ActForm):
    """The state that a decision has reached, the day, and what proves it."""

    state = forms.ChoiceField(label="État", choices=MoneyState.choices, initial=MoneyState.PAID)
    reached_on = day_field("Atteint le")
    amount = euros_field(
        "Montant (€)", required=False, help_text="Vide\u00a0: le montant de la décision."
    )
    evidence = forms.CharField(label="Pièce justificative", max_length=300, help_text=EVIDENCE_HELP)
    document = deed_field()

    def furnish(self) -> None:
        """Say when a reason is needed."""
        self.fields[
            "reason"
        ].help_text = "Nécessaire pour revenir à un état antérieur. Gardé dans l’historique."

    def write(self, *, by: Authorship) -> None:
        """Bring it to that state."""
        entered = self.cleaned_data
        amount = entered["amount"]
        step = StepRecord(
            state=MoneyState(entered["state"]),
            reached_on=entered["reached_on"],
            amount=self.row.amount if amount is None else amount,
            evidence=entered["evidence"],
            deed=read_sent(entered["document"]),
        )
        with refusals_in_form():
            advance_commitment(commitment=self.row, step=step, by=by)


class CancelCommitment(ActForm):
    """Since when a decision counts no more."""

    reason_required = True
    cancelled_on = day_field(
        "Annulé le", required=False, help_text="Vide\u00a0: l’engagement est rétabli."
    )

    def write(self, *, by: Authorship) -> None:
        """Cancel, or restore."""
        with refusals_in_form():
            cancel_commitment(
                commitment=self.row, cancelled_on=self.cleaned_data["cancelled_on"], by=by
            )


class MissionForm(FundedForm):
    """A mission."""

    programme = programme_field()
    reference = forms.CharField(label="Identifiant", max_length=60)
    town = TownField()
    funder = funder_field()
    theme = forms.CharField(label="Thème", max_length=200)
    notified_on = day_field("Notifiée le")
    amount = euros_field("Montant (€)")

    class Meta:
        model = ExpertiseMission
        fields: list[str] = []

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        """What the row says."""
        names = ("reference", "theme", "notified_on", "amount")
        told = {name: getattr(row, name) for name in names}
        return {**told, "funder": row.funder_id, "town": row.town_id}

    def record(self) -> MissionRecord:
        """What was entered."""
        entered = self.cleaned_data
        return MissionRecord(
            reference=entered["reference"].strip(),
            town_id=entered["town"].pk,
            funder_id=entered["funder"].pk,
            theme=entered["theme"],
            notified_on=entered["notified_on"],
            amount=entered["amount"],
        )

    def write(self, *, by: Authorship) -> ExpertiseMission:
        """Record."""
        with refusals_in_form():
            return record_mission(
                programme=self.cleaned_data["programme"], record=self.record(), by=by
            )


class MissionCorrection(MissionForm):
    """What was recorded wrongly of a mission."""

    programme = None  # type: ignore[assignment]

    def write(self, *, by: Authorship) -> ExpertiseMission:
        """Correct."""
        with refusals_in_form():
            return correct_mission(mission=self.instance, record=self.record(), by=by)


class PlanCorrection(RegisterForm):
    """The amount of a plan."""

    amount = euros_field("Montant prévu (€)")

    class Meta:
        model = PlannedCommitment
        fields: list[str] = []

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        """What the row says."""
        return {"amount": row.amount}

    def write(self, *, by: Authorship) -> PlannedCommitment:
        """Correct."""
        row: PlannedCommitment = self.instance
        record = PlanRecord(row.funder_id, self.cleaned_data["amount"])
        with refusals_in_form():
            return correct_plan(plan=row, record=record, by=by)


class PlanForm(PlanCorrection):
    """A funder's plan for the whole programme."""

    programme = programme_field()
    funder = funder_field()
    field_order = ["programme", "funder"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["funder"]
        if not self.scope.is_national:
            field.queryset = field.queryset.filter(pk__in=self.scope.organisation_ids)

    def write(self, *, by: Authorship) -> PlannedCommitment:
        """Record."""
        entered = self.cleaned_data
        record = PlanRecord(entered["funder"].pk, entered["amount"])
        with refusals_in_form():
            return plan_commitment(programme=entered["programme"], record=record, by=by)

"""What is entered at the desk about agreements."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.desk.acts import ActForm, day_field, refusals_in_form
from beffroi.foundations.desk.fields import TownsField
from beffroi.foundations.desk.forms import RegisterForm
from beffroi.foundations.media.deeds import ACCEPTED, LARGEST
from beffroi.programme.agreements.actions import (
    AgreementCorrection,
    AgreementRecord,
    amend_agreement,
    attach_document,
    correct_agreement,
    end_agreement,
    sign_agreement,
)
from beffroi.programme.agreements.models import Agreement, AgreementKind, Amendment
from beffroi.programme.agreements.queries import ort_suggestion, signing_towns
from beffroi.programme.agreements.rules import OrtGround, OrtSuggestion
from beffroi.programme.membership.forms import programme_field
from beffroi.programme.membership.post_forms import IntercommunalityField

GROUNDS = {
    OrtGround.NOT_A_FRAMEWORK: "seule une convention-cadre peut valoir ORT",
    OrtGround.NO_INTERCOMMUNALITY: "l’intercommunalité n’est pas indiquée",
    OrtGround.NO_MAIN_TOWN: "aucune commune membre n’est la plus peuplée à elle seule",
    OrtGround.MAIN_TOWN_SIGNS: "la ville principale de l’intercommunalité signe aussi",
    OrtGround.MAIN_TOWN_DOES_NOT_SIGN: "la ville principale de l’intercommunalité ne signe pas",
}
_MEGA = LARGEST // 1024 // 1024


def ort_remark(agreement: Agreement) -> str:
    """What the rule suggests where a person decided otherwise; nothing where both agree."""
    suggestion = suggestion_for(agreement)
    if suggestion.counts == agreement.counts_as_ort:
        return ""
    told = "devrait valoir ORT" if suggestion.counts else "ne devrait pas valoir ORT"
    return (
        f"Selon la règle, cette convention {told}\u00a0: {GROUNDS[suggestion.ground]}. "
        "Votre choix est enregistré\u202f; vérifiez-le."
    )


def suggestion_for(agreement: Agreement) -> OrtSuggestion:
    """What the rule suggests for an agreement, with its reason."""
    return ort_suggestion(
        kind=AgreementKind(agreement.kind),
        intercommunality_id=agreement.intercommunality_id,
        signing_town_ids=signing_towns(agreement),
        signed_on=agreement.signed_on,
    )


class AgreementCorrectionForm(RegisterForm):
    """What an agreement says, as at its signature."""

    reference = forms.CharField(label="Numéro", max_length=60)
    signed_on = day_field("Signée le")
    ended_on = day_field("Prend fin le", required=False)
    towns = TownsField(label="Communes couvertes à la signature")
    intercommunality = IntercommunalityField(required=False)
    counts_as_ort = forms.BooleanField(
        label="Vaut ORT",
        required=False,
        help_text="Une convention-cadre vaut ORT si la ville principale de l’intercommunalité "
        "la signe aussi.",
    )

    class Meta:
        model = Agreement
        fields: list[str] = []

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        """What the row says."""
        at_signature = row.coverages.filter(added_by__isnull=True).order_by("town_id")
        return {
            "reference": row.reference,
            "signed_on": row.signed_on,
            "ended_on": row.ended_on,
            "towns": list(at_signature.values_list("town_id", flat=True)),
            "intercommunality": row.intercommunality_id,
            "counts_as_ort": row.counts_as_ort,
        }

    def write(self, *, by: Authorship) -> Agreement:
        """Correct, then confront the person's choice with the rule."""
        entered = self.cleaned_data
        epci = entered["intercommunality"]
        correction = AgreementCorrection(
            reference=entered["reference"],
            signed_on=entered["signed_on"],
            ended_on=entered["ended_on"],
            counts_as_ort=entered["counts_as_ort"],
            intercommunality_id=epci.pk if epci else None,
            town_ids=frozenset(town.pk for town in entered["towns"]),
        )
        with refusals_in_form():
            row = correct_agreement(agreement=self.instance, correction=correction, by=by)
        self.remarks = [ort_remark(row)] if ort_remark(row) else []
        return row


class AgreementForm(AgreementCorrectionForm):
    """A new agreement; its parties are named next, from its sheet."""

    programme = programme_field()
    kind = forms.ChoiceField(label="Type", choices=AgreementKind.choices)
    field_order = ["programme", "kind"]

    def write(self, *, by: Authorship) -> Agreement:
        """Sign, then confront the person's choice with the rule."""
        entered = self.cleaned_data
        epci = entered["intercommunality"]
        record = AgreementRecord(
            kind=AgreementKind(entered["kind"]),
            reference=entered["reference"],
            signed_on=entered["signed_on"],
            town_ids=tuple(town.pk for town in entered["towns"]),
            counts_as_ort=entered["counts_as_ort"],
            intercommunality_id=epci.pk if epci else None,
        )
        with refusals_in_form():
            row = sign_agreement(
                programme=entered["programme"],
                record=record,
                ended_on=entered["ended_on"],
                by=by,
            )
        self.remarks = [ort_remark(row)] if ort_remark(row) else []
        return row


class AmendAgreement(ActForm):
    """An amendment, and the towns that it lets in or out."""

    number = forms.IntegerField(
        label="Numéro", required=False, min_value=1, help_text="Vide\u00a0: le suivant."
    )
    signed_on = day_field("Signé le")
    purpose = forms.CharField(
        label="Objet", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    added = TownsField(label="Communes ajoutées", required=False)
    removed = TownsField(label="Communes retirées", required=False)

    def write(self, *, by: Authorship) -> None:
        """Amend."""
        entered = self.cleaned_data
        with refusals_in_form():
            amend_agreement(
                agreement=self.row,
                number=entered["number"],
                signed_on=entered["signed_on"],
                purpose=entered["purpose"],
                added={town.pk for town in entered["added"]},
                removed={town.pk for town in entered["removed"]},
                by=by,
            )


class EndAgreement(ActForm):
    """The day an agreement ends."""

    ended_on = day_field("Prend fin le")

    def write(self, *, by: Authorship) -> None:
        """End it."""
        with refusals_in_form():
            end_agreement(agreement=self.row, ended_on=self.cleaned_data["ended_on"], by=by)


class AttachDocument(ActForm):
    """A signed file."""

    title = forms.CharField(label="Titre", max_length=200)
    file = forms.FileField(
        label="Fichier",
        help_text=f"{ACCEPTED}, {_MEGA}\u00a0Mo au plus. Lu sur le bureau seulement, par les "
        "personnes qui voient la convention.",
    )
    amendment = forms.ModelChoiceField(
        label="Avenant",
        queryset=Amendment.objects.none(),
        required=False,
        empty_label="La convention elle-même",
    )

    def furnish(self) -> None:
        """Offer the amendments of the agreement."""
        field = self.fields["amendment"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = Amendment.objects.filter(agreement=self.row)

    def clean_file(self) -> Any:
        """Refuse a file that is too large before reading it whole."""
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST:
            raise ValidationError(f"Le fichier dépasse {_MEGA}\u00a0Mo.")
        return sent

    def write(self, *, by: Authorship) -> None:
        """Keep it."""
        entered = self.cleaned_data
        sent = entered["file"]
        sent.seek(0)
        with refusals_in_form():
            attach_document(
                agreement=self.row,
                amendment=entered["amendment"],
                title=entered["title"],
                name=sent.name,
                content=sent.read(),
                by=by,
            )

"""What is entered at the desk about designations and groups."""

from __future__ import annotations

from typing import Any

from django import forms

from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.desk.acts import ActForm, day_field, refusals_in_form
from beffroi.foundations.desk.fields import TownField
from beffroi.foundations.desk.forms import RegisterForm
from beffroi.foundations.money import format_number
from beffroi.programme.membership.actions import (
    Designated,
    correct_designation,
    designate_town,
    end_designations,
)
from beffroi.programme.membership.models import Designation, Programme
from beffroi.programme.membership.queries import FOLLOWED
from beffroi.programme.membership.rules import DesignationRemark

_GROUP_HELP = "Référence du groupement au programme (id_pvd). Vide pour une commune seule."


def programme_field() -> forms.ModelChoiceField[Programme]:
    """The programme; the followed one is proposed."""
    return forms.ModelChoiceField(
        label="Programme",
        queryset=Programme.objects.order_by("-launched_on"),
        initial=lambda: Programme.objects.filter(code=FOLLOWED).first(),
        empty_label=None,
    )


class DesignationForm(RegisterForm):
    """A town let into a programme."""

    programme = programme_field()
    town = TownField()
    started_on = day_field("Désignée le")
    group_reference = forms.CharField(
        label="Groupement", required=False, max_length=40, help_text=_GROUP_HELP
    )

    class Meta:
        model = Designation
        fields: list[str] = []

    def write(self, *, by: Authorship) -> Designation:
        """Designate, and keep what the person should know."""
        entered = self.cleaned_data
        with refusals_in_form():
            found = designate_town(
                programme=entered["programme"],
                town_id=entered["town"].pk,
                started_on=entered["started_on"],
                group_reference=entered["group_reference"],
                by=by,
            )
        self.remarks = list(_in_words(found))
        return found.designation


def _in_words(found: Designated) -> list[str]:
    words = []
    if DesignationRemark.TOO_POPULOUS in found.remarks:
        threshold = found.designation.programme.largest_population or 0
        words.append(
            f"Cette commune compte {format_number(found.inhabitants or 0)} habitants, au-delà du "
            f"seuil de {format_number(threshold)}. La désignation est enregistrée\u202f; "
            "vérifiez-la."
        )
    if DesignationRemark.IN_OTHER_PROGRAMME in found.remarks:
        names = ", ".join(str(programme) for programme in found.other_programmes)
        words.append(
            f"Cette commune est aussi désignée dans un autre programme\u00a0: {names}. "
            "La désignation est enregistrée\u202f; vérifiez-la."
        )
    return words


class DesignationCorrection(RegisterForm):
    """What was recorded wrongly of a designation."""

    started_on = day_field(
        "Désignée le", required=False, help_text="Vide\u00a0: depuis le lancement du programme."
    )
    ended_on = day_field("Sortie le", required=False)
    group_reference = forms.CharField(
        label="Groupement", required=False, max_length=40, help_text=_GROUP_HELP
    )

    class Meta:
        model = Designation
        fields: list[str] = []

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        """What the row says."""
        return {
            "started_on": row.started_on,
            "ended_on": row.ended_on,
            "group_reference": row.group.reference if row.group else "",
        }

    def write(self, *, by: Authorship) -> Designation:
        """Correct."""
        entered = self.cleaned_data
        with refusals_in_form():
            return correct_designation(
                designation=self.instance,
                started_on=entered["started_on"],
                ended_on=entered["ended_on"],
                group_reference=entered["group_reference"],
                by=by,
            )


class EndDesignation(ActForm):
    """The first day out of the programme."""

    ended_on = day_field("Sortie le", help_text="Premier jour hors du programme.")

    def write(self, *, by: Authorship) -> None:
        """End it."""
        with refusals_in_form():
            end_designations(designations=[self.row], ended_on=self.cleaned_data["ended_on"], by=by)

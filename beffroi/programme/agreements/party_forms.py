"""Who signs an agreement, entered line by line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.desk.acts import ActForm, day_field, refusals_in_form
from beffroi.foundations.desk.fields import TownField
from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.mandates.queries import NATIONAL
from beffroi.foundations.territories.models import DepartmentPeriod, RegionPeriod
from beffroi.programme.agreements.actions import PartyRecord, name_parties
from beffroi.programme.agreements.models import Capacity, Party
from beffroi.programme.membership.post_forms import IntercommunalityField

_EMPTY_LINES = 3


class NameParties(ActForm):
    """The parties of an agreement: a capacity, who it is, the day it signed."""

    def furnish(self) -> None:
        """A line per party, and a few more."""
        parties = list(self.row.parties.order_by("pk"))
        self.lines = range(1, len(parties) + _EMPTY_LINES + 1)
        for place in self.lines:
            known = parties[place - 1] if place <= len(parties) else None
            self._add_line(place, known)

    def _add_line(self, place: int, known: Party | None) -> None:
        choices = [("", "Personne"), *Capacity.choices]
        self.fields[f"capacity_{place}"] = forms.ChoiceField(
            label=f"Signataire {place}", choices=choices, required=False
        )
        self.fields[f"who_{place}"] = forms.CharField(
            label=f"Qui est le signataire {place}",
            required=False,
            max_length=200,
            help_text="Commune (nom ou code), intercommunalité (SIREN ou nom), région ou "
            "département (nom ou code), organisation (nom). Vide pour l’État en général.",
        )
        self.fields[f"signed_{place}"] = day_field(
            f"Le signataire {place} a signé le", required=False
        )
        if known:
            self.fields[f"capacity_{place}"].initial = known.capacity
            self.fields[f"who_{place}"].initial = self._written(known)
            self.fields[f"signed_{place}"].initial = known.signed_on

    def _written(self, party: Party) -> str:
        place = party.place
        if place is None:
            return ""
        if party.capacity == Capacity.TOWN:
            return str(self._town_field().prepare_value(place))
        return str(place)

    def _town_field(self) -> TownField:
        """Any town may sign: the area bounds the agreement, not its parties."""
        field = TownField()
        field.bind(scope=NATIONAL, on=self.on)
        return field

    def clean(self) -> dict[str, Any]:
        """The party of each line. Errors go to the line."""
        entered: dict[str, Any] = super().clean() or self.cleaned_data
        self.parties: list[PartyRecord] = []
        for place in self.lines:
            capacity = entered.get(f"capacity_{place}")
            who = entered.get(f"who_{place}", "")
            if not capacity and who:
                self.add_error(f"capacity_{place}", "Indiquez en quelle qualité.")
            if not capacity:
                continue
            try:
                found = self._find(Capacity(capacity), who)
            except ValidationError as refused:
                self.add_error(f"who_{place}", refused)
                continue
            signed_on = entered.get(f"signed_{place}")
            self.parties.append(PartyRecord(Capacity(capacity), found, signed_on))
        return entered

    def _find(self, capacity: Capacity, who: str) -> int | None:
        if not who.strip():
            return None
        found: Model | None
        if capacity == Capacity.TOWN:
            found = self._town_field().clean(who)
        elif capacity == Capacity.INTERCOMMUNALITY:
            found = IntercommunalityField().clean(who)
        elif capacity == Capacity.PARTNER:
            found = Organisation.objects.filter(name__iexact=who.strip()).first()
        elif capacity == Capacity.REGION:
            return self._place(RegionPeriod, "region", who)
        else:
            return self._place(DepartmentPeriod, "department", who)
        if found is None:
            raise ValidationError(f"Aucune organisation ne s’appelle «\u00a0{who}\u00a0».")
        return int(found.pk)

    def _place(
        self, model: type[RegionPeriod] | type[DepartmentPeriod], path: str, who: str
    ) -> int:
        rows = model.objects.as_of(self.on)  # type: ignore[union-attr]
        named = rows.filter(name__iexact=who.strip()) | rows.filter(
            **{f"{path}__code__iexact": who.strip()}
        )
        found = named.values_list(f"{path}_id", flat=True).first()
        if found is None:
            raise ValidationError(f"Aucun territoire ne correspond à «\u00a0{who}\u00a0».")
        return int(found)

    def write(self, *, by: Authorship) -> None:
        """Name them all anew."""
        with refusals_in_form():
            name_parties(agreement=self.row, parties=self.parties, by=by)

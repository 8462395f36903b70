"""What is entered at the desk about posts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.desk.acts import ActForm, day_field, euros_field, refusals_in_form
from beffroi.foundations.desk.fields import TownField, TownsField
from beffroi.foundations.desk.forms import RegisterForm
from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.territories.models import Intercommunality, IntercommunalityPeriod
from beffroi.programme.membership.actions import (
    HolderRecord,
    PostCorrection,
    PostRecord,
    change_served_towns,
    close_posts,
    correct_holder,
    correct_post,
    fill_post,
    fund_post,
    open_post,
    vacate_post,
)
from beffroi.programme.membership.forms import programme_field
from beffroi.programme.membership.models import EmployerKind, ProjectManagerPost
from beffroi.programme.membership.queries import served_on

_FUNDERS = 4


class IntercommunalityField(forms.CharField):
    """An EPCI by its SIREN or its exact name; gives an `Intercommunality`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Intercommunalité")
        kwargs.setdefault("help_text", "SIREN (9 chiffres) ou nom de l’intercommunalité.")
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """The SIREN."""
        if isinstance(value, int):
            value = Intercommunality.objects.filter(pk=value).first()
        return value.siren if isinstance(value, Intercommunality) else value

    def clean(self, value: Any) -> Any:
        """The EPCI meant. Raises ValidationError where none, or several, are."""
        text = super().clean(value)
        if not text:
            return None
        siren = text.replace(" ", "")
        known = Intercommunality.objects.filter(siren=siren).first()
        if known:
            return known
        named = IntercommunalityPeriod.objects.filter(name__iexact=text.strip())
        found = Intercommunality.objects.filter(pk__in=named.values("intercommunality_id"))
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(
                "Plusieurs intercommunalités portent ce nom\u00a0: le SIREN tranche."
            )
        raise ValidationError(f"Aucune intercommunalité ne correspond à «\u00a0{text}\u00a0».")


class PostCorrectionForm(RegisterForm):
    """What a post says of itself."""

    employer_kind = forms.ChoiceField(label="Type d’employeur", choices=EmployerKind.choices)
    employer_town = TownField(label="Commune employeuse", required=False)
    employer_intercommunality = IntercommunalityField(
        label="Intercommunalité employeuse", required=False
    )
    started_on = day_field("Ouvert le")
    ended_on = day_field("Dernier jour", required=False)
    annual_cost = euros_field("Coût annuel chargé (€)", required=False)

    class Meta:
        model = ProjectManagerPost
        fields: list[str] = []

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        """What the row says."""
        return {
            "employer_kind": row.employer_kind,
            "employer_town": row.employer_town_id,
            "employer_intercommunality": row.employer_intercommunality_id,
            "started_on": row.started_on,
            "ended_on": row.ended_on,
            "annual_cost": row.annual_cost,
        }

    def clean(self) -> dict[str, Any]:
        """An employer of the kind said."""
        entered: dict[str, Any] = super().clean() or self.cleaned_data
        is_town = entered.get("employer_kind") == EmployerKind.TOWN
        name = "employer_town" if is_town else "employer_intercommunality"
        if name not in self.errors and not entered.get(name):
            self.add_error(name, "Indiquez l’employeur.")
        return entered

    def employer(self) -> tuple[EmployerKind, int]:
        """The kind and key of the employer entered."""
        kind = EmployerKind(self.cleaned_data["employer_kind"])
        name = "employer_town" if kind == EmployerKind.TOWN else "employer_intercommunality"
        return kind, self.cleaned_data[name].pk

    def write(self, *, by: Authorship) -> ProjectManagerPost:
        """Correct."""
        kind, employer_id = self.employer()
        entered = self.cleaned_data
        correction = PostCorrection(
            employer_kind=kind,
            employer_id=employer_id,
            started_on=entered["started_on"],
            ended_on=entered["ended_on"],
            annual_cost=entered["annual_cost"],
        )
        with refusals_in_form():
            return correct_post(post=self.instance, correction=correction, by=by)


class PostForm(PostCorrectionForm):
    """A new post, with its towns and, where there is one, its holder."""

    programme = programme_field()
    reference = forms.CharField(label="Identifiant", max_length=60)
    towns = TownsField(label="Communes desservies")
    holder_name = forms.CharField(
        label="Titulaire",
        required=False,
        max_length=200,
        help_text="Vide\u00a0: le poste est vacant depuis son ouverture.",
    )
    holder_email = forms.EmailField(label="Adresse professionnelle", required=False)
    holder_phone = forms.CharField(label="Téléphone professionnel", required=False, max_length=30)
    field_order = ["programme", "reference", "towns"]

    def write(self, *, by: Authorship) -> ProjectManagerPost:
        """Open it."""
        kind, employer_id = self.employer()
        entered = self.cleaned_data
        record = PostRecord(
            reference=entered["reference"],
            employer_kind=kind,
            employer_id=employer_id,
            started_on=entered["started_on"],
            ended_on=entered["ended_on"],
            town_ids=tuple(town.pk for town in entered["towns"]),
        )
        name = entered["holder_name"].strip()
        holder = HolderRecord(
            name, entered["started_on"], entered["holder_email"], entered["holder_phone"]
        )
        with refusals_in_form():
            return open_post(
                programme=entered["programme"],
                record=record,
                holder=holder if name else None,
                annual_cost=entered["annual_cost"],
                by=by,
            )


class FillPost(ActForm):
    """Who holds the post from now on."""

    name = forms.CharField(label="Nom", max_length=200)
    email = forms.EmailField(label="Adresse professionnelle", required=False)
    phone = forms.CharField(label="Téléphone professionnel", required=False, max_length=30)
    started_on = day_field("En poste depuis", help_text="Le titulaire d’avant finit la veille.")

    def write(self, *, by: Authorship) -> None:
        """Fill it."""
        entered = self.cleaned_data
        holder = HolderRecord(
            entered["name"], entered["started_on"], entered["email"], entered["phone"]
        )
        with refusals_in_form():
            fill_post(post=self.row, holder=holder, by=by)


class CorrectHolder(ActForm):
    """The name and addresses of the one who holds the post."""

    name = forms.CharField(label="Nom", max_length=200)
    email = forms.EmailField(label="Adresse professionnelle", required=False)
    phone = forms.CharField(label="Téléphone professionnel", required=False, max_length=30)

    def furnish(self) -> None:
        """Show what is known."""
        self.holder = self.row.holders.filter(ended_on__isnull=True).first()
        for name in ("name", "email", "phone"):
            self.fields[name].initial = getattr(self.holder, name, "")

    def write(self, *, by: Authorship) -> None:
        """Correct."""
        if self.holder is None:
            raise ValidationError("Ce poste n’a pas de titulaire connu\u00a0: pourvoyez-le.")
        entered = {name: self.cleaned_data[name] for name in ("name", "email", "phone")}
        correct_holder(holder=self.holder, **entered, by=by)


class VacatePost(ActForm):
    """Since when nobody holds the post."""

    vacant_on = day_field("Vacant depuis le", help_text="Le titulaire finit la veille.")

    def write(self, *, by: Authorship) -> None:
        """Vacate it."""
        with refusals_in_form():
            vacate_post(post=self.row, vacant_on=self.cleaned_data["vacant_on"], by=by)


class ClosePost(ActForm):
    """The last day of a post."""

    ended_on = day_field("Dernier jour", help_text="Le titulaire finit le même jour.")

    def write(self, *, by: Authorship) -> None:
        """Close it."""
        with refusals_in_form():
            close_posts(posts=[self.row], ended_on=self.cleaned_data["ended_on"], by=by)


class ChangeServedTowns(ActForm):
    """Which towns the post serves from a day on."""

    towns = TownsField(label="Communes desservies")
    changed_on = day_field("À partir du")

    def furnish(self) -> None:
        """Show those of today."""
        self.served = set(served_on(self.row, as_of=self.on))
        self.fields["towns"].initial = sorted(self.served)
        self.fields["towns"].keep(sorted(self.served))  # type: ignore[attr-defined]

    def write(self, *, by: Authorship) -> None:
        """Add and take out what differs."""
        wanted = {town.pk for town in self.cleaned_data["towns"]}
        with refusals_in_form():
            change_served_towns(
                post=self.row,
                on=self.cleaned_data["changed_on"],
                added=wanted - self.served,
                removed=self.served - wanted,
                by=by,
            )


class FundPost(ActForm):
    """What each funder gives for a year, under the ceiling."""

    year = forms.IntegerField(label="Année", min_value=2018, max_value=2100)
    annual_cost = euros_field(
        "Coût annuel chargé (€)",
        required=False,
        help_text="Les financeurs apportent au plus 75\u00a0% de ce coût, dans la limite de "
        "45\u00a0000\u00a0€, ou de 55\u00a0000\u00a0€ si l’Anah en est.",
    )

    def furnish(self) -> None:
        """A line per funder, filled with the latest year known."""
        rows = list(self.row.fundings.select_related("funder").order_by("-year", "pk"))
        latest = [row for row in rows if row.year == rows[0].year]
        self.fields["year"].initial = latest[0].year if latest else self.on.year
        self.fields["annual_cost"].initial = self.row.annual_cost
        funders = Organisation.objects.filter(is_funder=True).order_by("name")
        for place in range(1, max(_FUNDERS, len(latest) + 1) + 1):
            known = latest[place - 1] if place <= len(latest) else None
            self.fields[f"funder_{place}"] = forms.ModelChoiceField(
                label=f"Financeur {place}",
                queryset=funders,
                required=False,
                initial=known.funder_id if known else None,
            )
            self.fields[f"amount_{place}"] = euros_field(
                f"Montant du financeur {place} (€)", required=False
            )
            self.fields[f"amount_{place}"].initial = known.amount if known else None

    def amounts(self) -> dict[int, Decimal]:
        """Euros by funder. Raises ValidationError for half a line, or a funder twice."""
        found: dict[int, Decimal] = {}
        for name in [name for name in self.fields if name.startswith("funder_")]:
            funder = self.cleaned_data.get(name)
            amount = self.cleaned_data.get(name.replace("funder", "amount"))
            if (funder is None) != (amount is None):
                raise ValidationError("Chaque financeur va avec un montant.")
            if funder is not None and funder.pk in found:
                raise ValidationError(f"{funder} figure deux fois.")
            if funder is not None and amount is not None:
                found[funder.pk] = amount
        return found

    def write(self, *, by: Authorship) -> None:
        """Fund it."""
        amounts = self.amounts()
        with refusals_in_form():
            fund_post(
                post=self.row,
                year=self.cleaned_data["year"],
                amounts=amounts,
                annual_cost=self.cleaned_data["annual_cost"],
                by=by,
            )

"""« Périmètres » : who acts where, granted and ended at the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.mandates.actions import (
    BackwardMandate,
    Place,
    end_mandate,
    grant_mandate,
)
from beffroi.foundations.mandates.models import Mandate, MandateKind
from beffroi.foundations.mandates.permissions import (
    editable_mandates,
    may_grant,
    visible_mandates,
    whole_regions,
)
from beffroi.foundations.mandates.queries import Scope, departments_within
from beffroi.foundations.territories.models import Department, DepartmentPeriod, Region

from .columns import PlainColumn
from .fields import region_names
from .forms import RegisterForm
from .viewsets import RegisterViewSet

_MODELS: dict[str, type[Region] | type[Department] | type[Organisation]] = {
    MandateKind.REGION: Region,
    MandateKind.DEPARTMENT: Department,
    MandateKind.ORGANISATION: Organisation,
}
Choices = list[tuple[str, str | list[tuple[str, str]]]]


def refuse_oneself(user: User, by: Authorship) -> None:
    """Nobody decides how long they reach something themselves, but an administrator of the site.
    Raises ValidationError."""
    if user == by.actor and not user.is_superuser:
        raise ValidationError(
            "Votre propre périmètre se donne et se termine par quelqu’un d’autre."
        )


class MandateForm(RegisterForm):
    """A new mandate: a person, a place within one's own reach, a first day."""

    user = forms.ModelChoiceField(
        label="Compte",
        queryset=User.objects.filter(is_active=True).order_by("last_name", "first_name", "email"),
    )
    place = forms.ChoiceField(label="Territoire ou organisation")

    class Meta:
        model = Mandate
        fields = ["user", "started_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = place_choices(self.scope)  # type: ignore[attr-defined]
        self.fields["started_on"].initial = timezone.localdate()
        self.order_fields(["user", "place", "started_on", "reason"])

    def clean_place(self) -> Place:
        """The place chosen. Raises ValidationError for one wider than the person's own reach."""
        kind, _, key = self.cleaned_data["place"].partition(":")
        model = _MODELS.get(kind)
        place: Place = model.objects.filter(pk=key).first() if model else None
        if (model and place is None) or not may_grant(place, scope=self.scope):
            raise ValidationError("Ce territoire dépasse votre propre périmètre.")
        return place

    def write(self, *, by: Authorship) -> Mandate:
        """Grant. Raises ValidationError for oneself."""
        chosen = self.cleaned_data
        refuse_oneself(chosen["user"], by)
        return grant_mandate(
            user=chosen["user"], place=chosen["place"], started_on=chosen["started_on"], by=by
        )


class MandateEnd(RegisterForm):
    """The first day without the mandate."""

    class Meta:
        model = Mandate
        fields = ["ended_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_on"].required = True

    def write(self, *, by: Authorship) -> Mandate:
        """End it. Raises ValidationError for one's own, or when it would end before it starts."""
        mandate = Mandate.objects.get(pk=self.instance.pk)
        refuse_oneself(mandate.user, by)
        try:
            return end_mandate(mandate=mandate, ended_on=self.cleaned_data["ended_on"], by=by)
        except BackwardMandate:
            raise ValidationError("La fin précède le début.") from None


class MandateViewSet(RegisterViewSet):
    """Every mandate no wider than one's own, with the day it ends."""

    model = Mandate
    name = "perimetres"
    icon = "site"
    menu_label = "Périmètres"
    menu_order = 900
    visible = staticmethod(visible_mandates)
    editable = staticmethod(editable_mandates)
    form_class = MandateForm
    correction_form_class = MandateEnd
    list_related = ["user", "region", "department", "organisation"]
    list_filter = ["kind"]
    list_display = [
        PlainColumn("user", label="Compte", sort_key="user__last_name"),
        PlainColumn("place_written", label="Territoire ou organisation"),
        PlainColumn("started_on", label="Depuis", sort_key="started_on"),
        PlainColumn("ended_on", label="Jusqu’au (exclu)", sort_key="ended_on"),
    ]
    list_export = ["user", "place_written", "started_on", "ended_on"]
    export_headings = {"place_written": "Territoire ou organisation"}
    search_fields = ["user__last_name", "user__first_name", "user__email", "organisation__name"]
    empty_words = "Aucun périmètre n’est donné\u00a0: personne ne voit le registre."

    @staticmethod
    def may_add(scope: Scope) -> bool:
        """Whoever reaches something may share it, given the permission."""
        return not scope.is_empty

    def furnish(self, rows: list[Any]) -> None:
        """Name the places."""
        regions, departments = region_names(on=timezone.localdate()), _department_names()
        for row in rows:
            row.place_written = (
                regions.get(row.region_id)
                or departments.get(row.department_id)
                or (str(row.organisation) if row.organisation_id else MandateKind.NATIONAL.label)
            )


def place_choices(scope: Scope) -> Choices:
    """The places that a person may give, grouped; the whole country for those who have it."""
    today = timezone.localdate()
    regions, departments = region_names(on=today), _department_names()
    reached = set(regions) if scope.is_national else whole_regions(scope)
    organisations = Organisation.objects.order_by("name")
    if not scope.is_national:
        organisations = organisations.filter(pk__in=scope.organisation_ids)
    country: Choices = [(MandateKind.NATIONAL, "France entière")] if scope.is_national else []
    return [
        ("", "Choisir…"),
        *country,
        (
            "Régions",
            sorted(
                ((f"{MandateKind.REGION}:{pk}", regions[pk]) for pk in reached if pk in regions),
                key=lambda choice: choice[1],
            ),
        ),
        (
            "Départements",
            [
                (f"{MandateKind.DEPARTMENT}:{row.pk}", departments.get(row.pk, row.code))
                for row in departments_within(scope)
            ],
        ),
        (
            "Organisations",
            [(f"{MandateKind.ORGANISATION}:{row.pk}", row.name) for row in organisations],
        ),
    ]


def _department_names() -> dict[int, str]:
    """`22 – Côtes-d’Armor`, by key."""
    rows = DepartmentPeriod.objects.as_of(timezone.localdate())
    columns = ("department_id", "department__code", "name")
    return {pk: f"{code} – {name}" for pk, code, name in rows.values_list(*columns)}

"""What a national officer says of a campaign."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Count
from django.utils import timezone

from beffroi.foundations.desk.fields import bound_days
from beffroi.programme.membership.models import Programme

_WEEKS = timedelta(weeks=5)
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OpenForm(forms.Form):
    """A new campaign."""

    title = forms.CharField(
        label="Intitulé",
        max_length=200,
        help_text="Exemple\u00a0: Confirmation d’automne 2026.",
    )
    # The programme with the most towns comes first, hence chosen where nobody chooses.
    programme = forms.ModelChoiceField(
        Programme.objects.alias(towns=Count("designations")).order_by("-towns", "pk"),
        label="Programme",
        empty_label=None,
    )
    opens_on = forms.DateField(label="Premier jour", widget=_DAY)
    closes_on = forms.DateField(label="Dernier jour", widget=_DAY)
    note = forms.CharField(
        label="Consigne aux agents",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Jointe à chaque courriel. Facultative.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        today = timezone.localdate()
        initial = {"opens_on": today, "closes_on": today + _WEEKS}
        kwargs["initial"] = initial | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        bound_days(self)

    def clean_programme(self) -> Programme:
        """One that has towns to ask about."""
        programme: Programme = self.cleaned_data["programme"]
        if not programme.designations.exists():
            raise forms.ValidationError(
                "Le registre ne compte aucune commune de ce programme\u00a0: la campagne "
                "n’interrogerait personne. Choisissez-en un autre."
            )
        return programme

    def clean(self) -> dict[str, Any]:
        """The days must be in order; the field at fault says so."""
        told = super().clean() or {}
        first, last = told.get("opens_on"), told.get("closes_on")
        if first and last and last < first:
            self.add_error(
                "closes_on", "Le dernier jour précède le premier\u00a0: corrigez l’un des deux."
            )
        elif last and last < timezone.localdate():
            self.add_error("closes_on", "Ce jour est passé\u00a0: donnez un jour à venir.")
        return told


class ProlongForm(forms.Form):
    """Another last day."""

    closes_on = forms.DateField(label="Nouveau dernier jour", widget=_DAY)
    reason = forms.CharField(label="Motif", max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bound_days(self)

    def clean_closes_on(self) -> date:
        """Not a day gone by."""
        day: date = self.cleaned_data["closes_on"]
        if day < timezone.localdate():
            raise forms.ValidationError("Ce jour est passé\u00a0: donnez un jour à venir.")
        return day


class CloseForm(forms.Form):
    """Why a campaign stops before its last day."""

    reason = forms.CharField(label="Motif", max_length=500)

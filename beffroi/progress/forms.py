"""The form that freezes a report."""

from __future__ import annotations

from django import forms


class FreezeForm(forms.Form):
    """A day, a territory, and the reason where that day is frozen already."""

    as_of = forms.DateField(
        label="Date des chiffres", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    territory = forms.CharField(
        label="Territoire",
        initial="national",
        max_length=20,
        help_text="national, dep:22, reg:53 ou epci:200068989",
    )
    reason = forms.CharField(
        label="Motif de la révision",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="À remplir seulement pour corriger un point d’avancement déjà figé.",
    )

"""What a person asks of alerts, and decides about one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from .rules import KIND_LABELS, SEVERITY_LABELS

_STATES = {"": "En cours", "reportees": "Reportées", "classees": "Classées"}
_MONTH = timedelta(days=30)
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AlertFilter(forms.Form):
    """Kind, severity, state, and the département where there are several."""

    type = forms.ChoiceField(label="Type", required=False)
    gravite = forms.ChoiceField(label="Gravité", required=False)
    etat = forms.ChoiceField(label="État", required=False, choices=list(_STATES.items()))

    def __init__(self, *args: Any, departments: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(str(kind), label) for kind, label in KIND_LABELS.items()]
        severities = [(str(severity), label) for severity, label in SEVERITY_LABELS.items()]
        self.fields["type"] = forms.ChoiceField(
            label="Type", required=False, choices=[("", "Tous"), *kinds]
        )
        self.fields["gravite"] = forms.ChoiceField(
            label="Gravité", required=False, choices=[("", "Toutes"), *severities]
        )
        if departments[1:]:
            self.fields["departement"] = forms.ChoiceField(
                label="Département", required=False, choices=[("", "Tous"), *departments]
            )

    def chosen(self, name: str) -> str:
        """What was chosen; nothing where it cannot be read."""
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))


class FileForm(forms.Form):
    """Why an alert is filed."""

    reason = forms.CharField(
        label="Motif",
        max_length=500,
        help_text="Lu par ceux qui suivent ce périmètre après vous.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PutOffForm(FileForm):
    """Until when, and why."""

    until = forms.DateField(label="Reporter au", widget=_DAY)
    field_order = ("until", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"until": timezone.localdate() + _MONTH})
        super().__init__(*args, **kwargs)

    def clean_until(self) -> date:
        """A day to come."""
        day: date = self.cleaned_data["until"]
        if day <= timezone.localdate():
            raise forms.ValidationError("Donnez un jour à venir.")
        return day

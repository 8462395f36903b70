"""What the desk may ask of a ledger."""

from __future__ import annotations

from django import forms

from .rules import SETTLED, Outcome

OUTCOME_LABELS = {
    Outcome.ACCEPTED: "Acceptées",
    Outcome.REFUSED: "Refusées",
    Outcome.SUPPRESSED: "Retirées",
    Outcome.EXPIRED: "Expirées",
    Outcome.UNCERTAIN: "Incertaines",
    Outcome.PENDING: "En attente",
}


class RowFilter(forms.Form):
    """One column of the ledger, and part of an address."""

    outcome = forms.ChoiceField(
        label="Résultat",
        required=False,
        choices=[
            ("", "Tous"),
            *((str(outcome), OUTCOME_LABELS[outcome]) for outcome in (*SETTLED, Outcome.PENDING)),
        ],
    )
    q = forms.CharField(label="Adresse", required=False, max_length=320)

    @property
    def chosen_outcome(self) -> Outcome | None:
        """The column asked for, None for all or for one that does not exist."""
        value = self.cleaned_data.get("outcome") if self.is_valid() else ""
        return Outcome(value) if value else None

    @property
    def search(self) -> str:
        """The part of an address to look for."""
        return str(self.cleaned_data.get("q", "")) if self.is_valid() else ""

"""The sign-up form. It knows what a hasty robot does, and says so to a hasty person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from .rules import AddressRefused, form_refusal, parse_address
from .tokens import form_stamp, read_form_stamp

_TOO_FAST = (
    "Le formulaire a été envoyé plus vite qu’une personne ne peut le remplir. "
    "Vérifiez l’adresse, puis envoyez-le de nouveau."
)
_TOO_OLD = (
    "Le formulaire est resté ouvert trop longtemps. Vérifiez l’adresse, puis envoyez-le de nouveau."
)
_TRAP = (
    "Un champ qui devait rester vide a été rempli, peut-être par votre navigateur. "
    "Envoyez de nouveau le formulaire."
)


class SignUpForm(forms.Form):
    """One address. Two hidden fields tell people from robots without a cookie or a script."""

    email = forms.CharField(
        label="Votre adresse électronique",
        help_text="Format attendu : nom@domaine.fr",
        max_length=400,
        error_messages={
            "required": "Saisissez votre adresse électronique, par exemple nom@domaine.fr.",
            "max_length": "Cette adresse est trop longue. Vérifiez-la.",
        },
        # A plain "email" input would refuse accented domains before we could read them.
        widget=forms.TextInput(
            attrs={
                "class": "fr-input",
                "autocomplete": "email",
                "inputmode": "email",
                "autocapitalize": "off",
                "spellcheck": "false",
            }
        ),
    )
    site = forms.CharField(
        label="Ne remplissez pas ce champ",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, str] | None = None, *, at: datetime) -> None:
        super().__init__(data)
        self.at = at
        self.initial["opened"] = form_stamp(at=at)

    def clean_email(self) -> str:
        """Keep the text as typed; refuse what cannot be an address."""
        text: str = self.cleaned_data["email"]
        try:
            return parse_address(text).email
        except AddressRefused as refused:
            raise forms.ValidationError(
                f"Cette adresse ne convient pas\u00a0: {refused}. Exemple\u00a0: nom@domaine.fr."
            ) from None

    def clean(self) -> dict[str, Any] | None:
        """Refuse a form filled by a robot, too fast, or opened too long ago."""
        if self.cleaned_data.get("site"):
            raise forms.ValidationError(_TRAP, code="trap")
        opened_at = read_form_stamp(self.cleaned_data.get("opened") or "")
        refusal = form_refusal(opened_at=opened_at, at=self.at)
        if refusal:
            raise forms.ValidationError(_TOO_FAST if refusal == "too_fast" else _TOO_OLD)
        return self.cleaned_data

    def again(self) -> SignUpForm:
        """The same form to show again: its errors, a fresh stamp where needed, no trap sprung."""
        opened_at = read_form_stamp(self.data.get("opened", ""))
        is_old = form_refusal(opened_at=opened_at, at=self.at) == "too_old"
        stamp = form_stamp(at=self.at) if is_old else self.data["opened"]
        self.data = {**self.data, "site": "", "opened": stamp}
        return self

"""The forms of the desk: what a report is to be."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from beffroi.foundations.accounts.models import User
from beffroi.foundations.desk.fields import bound_days
from beffroi.foundations.desk.permissions import reach_of
from beffroi.foundations.mandates.queries import departments_within

from .permissions import covers
from .queries import Choice, choices_on, search_territories

Choices = list[tuple[str, list[tuple[str, str]]]]
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class WordsForm(forms.Form):
    """The words that go with the figures."""

    foreword = forms.CharField(
        label="Avant-propos",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=(
            "Facultatif. Figé et publié avec les chiffres, pour toujours\u00a0: ne nommez personne."
        ),
    )
    reason = forms.CharField(
        label="Motif de la révision",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=(
            "Seulement si cette date est déjà figée pour ce territoire. Le motif est publié\u00a0: "
            "ne nommez personne."
        ),
    )


class AmendForm(WordsForm):
    """Other words for a report in preparation."""


class PrepareForm(WordsForm):
    """A day and a territory."""

    as_of = forms.DateField(label="Date des chiffres", widget=_DAY)
    territory = forms.ChoiceField(
        label="Territoire",
        help_text="Intercommunalité ou commune\u00a0: cherchez-la d’abord par son nom, plus haut.",
    )

    field_order = ["as_of", "territory", "foreword", "reason"]

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territory"].choices = choices  # type: ignore[attr-defined]
        bound_days(self)


def territory_choices(user: User, sought: str = "", *, kept: str = "") -> Choices:
    """The territories whose reports a person may make: those a text names first, then the wide
    ones. `kept` is offered whatever its kind."""
    today = timezone.localdate()
    groups = [(name or "Pays", some) for name, some in choices_on(today).items()]
    if sought:
        found = search_territories(sought, on=today)
        groups.insert(0, (f"Trouvés pour «\u00a0{sought}\u00a0»", found))
    offered = [(name, _reached(user, some)) for name, some in groups]
    if kept and not any(kept == value for _, some in offered for value, _ in some):
        offered.insert(0, ("À réviser", [(kept, kept)]))
    return [(name, some) for name, some in offered if some]


def _reached(user: User, found: tuple[Choice, ...]) -> list[tuple[str, str]]:
    scope, today = reach_of(user), timezone.localdate()
    codes = frozenset(departments_within(scope).values_list("code", flat=True))

    def is_reached(territory: str) -> bool:
        kind, _, code = territory.partition(":")
        if kind == "dep":
            return code in codes
        return covers(scope, territory, on=today)

    return [(one.territory, one.label) for one in found if is_reached(one.territory)]

"""What is asked of the list of towns, and the day a sheet is read at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from .queries import TownLine, matches

_LAST_DAY = date(2100, 12, 31)
Told = Callable[[TownLine], Any]


def _due(line: TownLine) -> date:
    """The deadline that still runs, or has passed; the towns without one come last."""
    return (line.clock.days_left is not None and line.clock.due_on) or date.max


STATES: dict[str, tuple[str, Told]] = {
    "retard": ("Convention-cadre en retard", lambda line: line.is_late),
    "sans-poste": ("Sans chef de projet en poste", lambda line: line.is_vacant),
    "non-touchee": ("Non touchée par le programme", lambda line: line.is_unreached),
    "perimee": ("Fiche non vérifiée depuis un an", lambda line: line.is_stale),
}
SORTS: dict[str, tuple[str, Told]] = {
    "nom": ("Nom", lambda _: 0),
    "departement": ("Département", lambda line: line.department_code),
    "echeance": ("Échéance de la convention-cadre", _due),
    "missions": ("Missions, du plus au moins", lambda line: -line.missions),
    "engage": ("Montant engagé, du plus au moins", lambda line: -line.committed),
    "fraicheur": ("Fiche la plus ancienne d’abord", lambda line: line.fresh_on or date.min),
}


def _choices(pairs: Iterable[tuple[str, str]], *, empty: str) -> list[tuple[str, str]]:
    return [("", empty), *sorted({pair for pair in pairs if pair[0]}, key=lambda pair: pair[1])]


def _labels(told: dict[str, tuple[str, Told]]) -> list[tuple[str, str]]:
    return [(key, label) for key, (label, _) in told.items()]


class LongSelect(forms.Select):
    """A list of a thousand choices: Django sets a template for each of them, 0.2 s in all."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ARG002
        """The list, its options joined at once."""
        chosen = str(value or "")
        options = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            (
                (key, mark_safe(" selected") if str(key) == chosen else "", label)
                for key, label in self.choices
            ),
        )
        built = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return format_html("<select{}>{}</select>", built, options)


class TownFilter(forms.Form):
    """The filters of the list; their choices are those of the person's own towns."""

    q = forms.CharField(
        label="Commune",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "nom ou code, même ancien"}),
    )
    region = forms.ChoiceField(label="Région", required=False)
    departement = forms.ChoiceField(label="Département", required=False)
    epci = forms.ChoiceField(label="Intercommunalité", required=False, widget=LongSelect)
    programme = forms.ChoiceField(label="Programme", required=False)
    groupe = forms.ChoiceField(label="Groupement", required=False)
    etat = forms.ChoiceField(label="À regarder", required=False)
    tri = forms.ChoiceField(label="Ordre", required=False)

    def __init__(self, data: Any, *, lines: list[TownLine]) -> None:
        super().__init__(data, label_suffix="")
        self.lines = lines
        departments = {(x.department_code, x.department_name) for x in lines}
        programmes = ((code, code.upper()) for x in lines for code in x.programmes)
        choices = {
            "region": _choices(((x.region_code, x.region_name) for x in lines), empty="Toutes"),
            "departement": [("", "Tous"), *((c, f"{c} – {n}") for c, n in sorted(departments))],
            "epci": _choices(((x.epci_siren, x.epci_name) for x in lines), empty="Toutes"),
            "programme": _choices(programmes, empty="Tous"),
            "groupe": _choices(((name, name) for x in lines for name in x.groups), empty="Tous"),
            "etat": [("", "Toutes les communes"), *_labels(STATES)],
            "tri": _labels(SORTS),
        }
        for name, found in choices.items():
            field = self.fields[name]
            field.choices = found  # type: ignore[attr-defined]
            if name not in {"etat", "tri"} and len(found) <= 2:  # noqa: PLR2004
                field.widget = forms.HiddenInput()

    def chosen(self) -> list[TownLine]:
        """The lines asked for, in the order asked for; a filter that cannot be read is left out."""
        self.is_valid()
        asked = self.cleaned_data
        tests: list[Callable[[TownLine], bool]] = []
        if text := asked.get("q"):
            tests.append(lambda line: matches(line, text))
        for name, told in _PLAIN.items():
            if wanted := asked.get(name):
                tests.append(lambda line, told=told, wanted=wanted: wanted in told(line))  # type: ignore[misc]
        if state := asked.get("etat"):
            tests.append(STATES[state][1])
        found = [line for line in self.lines if all(test(line) for test in tests)]
        return sorted(found, key=SORTS[asked.get("tri") or "nom"][1])

    @property
    def is_filtering(self) -> bool:
        """True when something is asked for."""
        return any(value for name, value in self.cleaned_data.items() if name != "tri")


_PLAIN: dict[str, Callable[[TownLine], tuple[str, ...]]] = {
    "region": lambda line: (line.region_code,),
    "departement": lambda line: (line.department_code,),
    "epci": lambda line: (line.epci_siren,),
    "programme": lambda line: line.programmes,
    "groupe": lambda line: line.groups,
}


class DayForm(forms.Form):
    """The day a sheet is read at: today unless another is asked for."""

    au = forms.DateField(
        label="Fiche au",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MaxValueValidator(_LAST_DAY, "Donnez un jour d’ici à 2100.")],
        error_messages={"invalid": "Donnez un jour, par exemple 23/09/2022."},
    )

    @classmethod
    def asked(cls, data: Any) -> tuple[DayForm, date]:
        """The form and the day; today when none can be read, the form saying why."""
        today = timezone.localdate()
        if not data.get("au"):
            return cls(initial={"au": today}), today
        form = cls(data)
        return form, form.cleaned_data["au"] if form.is_valid() else today

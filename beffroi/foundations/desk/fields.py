"""Fields for what the register's forms ask again and again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

from beffroi.foundations.folding import fold
from beffroi.foundations.mandates.queries import NOWHERE, Scope, rows_within
from beffroi.foundations.territories.models import DepartmentPeriod, Region, RegionPeriod, Town
from beffroi.foundations.territories.queries import (
    UnknownCode,
    load_resolver,
    search_towns,
    town_labels,
)

# The years that files may name too. A day of year 1 or 9999 has no day after, or before, another.
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
_UNLIKELY = "Année invraisemblable\u00a0: donnez un jour entre 2000 et 2100."
_MANY = 200
_FEW = 6
_CODE_LENGTH = 5


def bound_days(form: forms.BaseForm) -> None:
    """Refuse, in every day that a form asks, a year that nobody means."""
    for field in form.fields.values():
        if isinstance(field, forms.DateField):
            field.validators = [
                *field.validators,
                MinValueValidator(_FIRST_DAY, _UNLIKELY),
                MaxValueValidator(_LAST_DAY, _UNLIKELY),
            ]


def written_town(town_id: int, *, on: date) -> str:
    """`Dinan (22050)`."""
    label = town_labels([town_id], on=on).get(town_id)
    return f"{label.name} ({label.code})" if label else ""


class TownField(forms.CharField):
    """A town of the person's area, by its name or its INSEE code; gives a `Town`.

    The form binds the area before it reads anything; a field bound to none refuses every town.
    A town that the row had already is kept as it is, even when it has ended since.
    """

    default_help = "Nom ou code INSEE. Exemple\u00a0: Dinan, ou 22050."

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Commune")
        kwargs.setdefault("help_text", self.default_help)
        super().__init__(**kwargs)
        self.scope: Scope = NOWHERE
        self.on = timezone.localdate()
        self._kept: dict[str, int] = {}

    def bind(self, *, scope: Scope, on: date) -> None:
        """Say for whom, and on which day, towns are read."""
        self.scope, self.on = scope, on

    def prepare_value(self, value: Any) -> Any:
        """A town as a person reads it."""
        town_id = value.pk if isinstance(value, Town) else value
        if not isinstance(town_id, int):
            return value
        written = written_town(town_id, on=self.on)
        self._kept[written] = town_id
        return written

    def keep(self, value: Any) -> None:
        """Remember the town that the row has."""
        self.prepare_value(value)

    def clean(self, value: Any) -> Any:
        """The town meant. Raises ValidationError where none, or several, are."""
        text = super().clean(value)
        return self._town(text) if text else None

    def _town(self, text: str) -> Town:
        if text in self._kept:
            return Town.objects.get(pk=self._kept[text])
        found = self._found(text)
        within = rows_within(Town.objects.filter(pk__in=found), self.scope, town="pk")
        reached = {town.pk: town for town in within}
        if len(reached) == 1:
            return next(iter(reached.values()))
        if reached:
            raise ValidationError(self._ask_which({pk: found[pk] for pk in found if pk in reached}))
        if found:
            raise ValidationError(f"«\u00a0{text}\u00a0» est hors de votre périmètre.")
        raise ValidationError(f"Aucune commune ne correspond à «\u00a0{text}\u00a0».")

    def _found(self, text: str) -> dict[int, str]:
        """Towns by key, as written; those of that exact name alone where there are any."""
        name, _, code = text.removesuffix(")").rpartition("(")
        wanted = code.strip() if name else text
        matches = search_towns(wanted, on=self.on, limit=_MANY)
        exact = [
            match
            for match in matches
            if match.code == wanted.upper() or fold(match.name) == fold(wanted)
        ]
        found = {match.town_id: f"{match.name} ({match.code})" for match in exact or matches}
        return found or self._former(wanted)

    def _former(self, code: str) -> dict[int, str]:
        if len(code) != _CODE_LENGTH or not code[-1].isdigit():
            return {}
        try:
            resolution = load_resolver().resolve(code, on=self.on)
        except UnknownCode:
            return {}
        labels = town_labels(resolution.town_ids, on=self.on)
        return {pk: f"{label.name} ({label.code})" for pk, label in labels.items()}

    @staticmethod
    def _ask_which(towns: dict[int, str]) -> str:
        named = list(towns.values())
        more = f" et {len(named) - _FEW} autres" if len(named) > _FEW else ""
        return (
            f"Plusieurs communes correspondent\u00a0: {', '.join(named[:_FEW])}{more}. "
            "Précisez par le code INSEE."
        )


class TownsField(TownField):
    """Several towns, one per line; gives a list of `Town`.

    Towns that the row had already and that lie outside the area may neither go nor come: the form
    keeps them.
    """

    widget = forms.Textarea
    default_help = "Une commune par ligne, par son nom ou son code INSEE."

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Communes")
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 5}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Towns as a person reads them, one per line."""
        if value is None or isinstance(value, str):
            return value
        ids = [item.pk if isinstance(item, Town) else item for item in value]
        labels = town_labels(ids, on=self.on)
        written = {f"{label.name} ({label.code})": pk for pk, label in labels.items()}
        self._kept |= written
        return "\n".join(sorted(written))

    def clean(self, value: Any) -> Any:
        """The towns meant, each once, in the order of the lines."""
        text = forms.CharField.clean(self, value)
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        towns, refused = {}, []
        for line in lines:
            try:
                town = self._town(line)
                towns[town.pk] = town
            except ValidationError as error:
                refused += error.messages
        if refused:
            raise ValidationError(refused)
        self._refuse_loss(set(towns))
        return list(towns.values())

    def _refuse_loss(self, chosen: set[int]) -> None:
        """Nobody takes out a town of somebody else's area."""
        gone = Town.objects.filter(pk__in=set(self._kept.values()) - chosen)
        mine = rows_within(gone, self.scope, town="pk").values("pk")
        if lost := list(gone.exclude(pk__in=mine)):
            names = ", ".join(written_town(town.pk, on=self.on) for town in lost)
            raise ValidationError(f"Hors de votre périmètre, à laisser en place\u00a0: {names}.")


class RegionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A région of the person's area, by its name; nothing stands for the whole country."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Région")
        kwargs.setdefault("required", False)
        super().__init__(queryset=Region.objects.none(), **kwargs)
        self._names: dict[int, str] = {}

    def bind(self, *, scope: Scope, on: date) -> None:
        """Offer the régions of the area, under their name of that day."""
        rows = Region.objects.order_by("code")
        if not scope.is_national:
            reached = DepartmentPeriod.objects.as_of(on).filter(
                department_id__in=scope.department_ids
            )
            rows = rows.filter(pk__in=reached.values("region_id"))
        self._names = region_names(on=on)
        self.queryset = rows

    def label_from_instance(self, obj: Any) -> str:
        """The name of the day; the code where it has none."""
        return self._names.get(obj.pk, str(obj))


def region_names(*, on: date) -> dict[int, str]:
    """The names of régions on a day, by key."""
    return dict(RegionPeriod.objects.as_of(on).values_list("region_id", "name"))

"""Forms that call an action; two people may have one open on a row and lose nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Model
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.mandates.queries import NOWHERE, Scope

from .fields import RegionField, TownField, bound_days
from .queries import NOTHING, ActInWords, history_of, last_act_on
from .rules import Confrontation, Shown, confront, read_shown

CHANGED_MEANWHILE = "Cette fiche a changé pendant que vous la corrigiez."


class RegisterForm(WagtailAdminModelForm):
    """What the desk's forms share: a reason, the person's area, and a guard on what was shown.

    A room declares the fields, gives in `initial_of` those that are no field of the model, and
    writes `write`, which calls one action with what was entered and gives the row back. `write` may
    raise ValidationError: its words are shown in the form, and nothing is written. What it leaves
    in `remarks` is shown once the row is written.
    """

    data: Any
    reason = forms.CharField(
        label="Motif",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Pourquoi ce changement\u00a0? Le motif est gardé dans l’historique.",
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, scope: Scope = NOWHERE, on: date | None = None, **kwargs: Any
    ) -> None:
        row = kwargs.get("instance")
        self.row: Model | None = row if row is not None and row.pk else None
        self.scope = scope
        self.on = on or timezone.localdate()
        if self.row is not None:
            kwargs["initial"] = {**self.initial_of(self.row), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.confrontation: Confrontation | None = None
        self.acts_meanwhile: list[ActInWords] = []
        self.remarks: list[str] = []
        self._arrange()

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:  # noqa: ARG003
        """The values of the fields that are no field of the model."""
        return {}

    def write(self, *, by: Authorship) -> Any:
        """Call the action. The room writes it."""
        raise NotImplementedError

    @property
    def guarded_names(self) -> list[str]:
        """The fields that tell what the row says."""
        return [name for name in self.fields if name not in ("reason", "shown")]

    def _arrange(self) -> None:
        names = [name for name in self.fields if name not in ("reason", "shown")]
        self.order_fields([*names, "reason", "shown"])
        bound_days(self)
        for name, field in self.fields.items():
            if isinstance(field, TownField | RegionField):
                field.bind(scope=self.scope, on=self.on)
            if isinstance(field, TownField) and self.row is not None:
                field.keep(self.initial.get(name))
        if self.row is None:
            del self.fields["shown"]
            return
        self.fields["reason"].required = True
        self.initial["shown"] = self.as_stored().written()

    def as_stored(self) -> Shown:
        """What the row says now, in the words of this form."""
        values = {name: self.plain(name, self.initial.get(name)) for name in self.guarded_names}
        return Shown(values, last_act_on(self.row) if self.row is not None else 0)

    def plain(self, name: str, value: Any) -> Any:
        """A value as it is compared: text for days, amounts and keys; sorted text for several."""
        value = self.fields[name].prepare_value(value)
        if isinstance(value, list | tuple | set):
            return sorted(str(getattr(item, "pk", item)) for item in value)
        if isinstance(value, Decimal):
            return f"{value.normalize():f}"
        if isinstance(value, bool):
            return value
        return "" if value is None else str(getattr(value, "pk", value)).replace("\r\n", "\n")

    def full_clean(self) -> None:
        """Check what was entered, then what became of the row meanwhile."""
        super().full_clean()
        if self.is_bound and self.row is not None and "shown" in self.fields:
            self._guard()

    def _post_clean(self) -> None:
        """A form that takes no field from the model leaves the row to the action."""
        if self._meta.fields:
            super()._post_clean()

    def _guard(self) -> None:
        stored = self.as_stored()
        shown = read_shown(self.data.get(self.add_prefix("shown"), ""))
        entered = {
            name: self.plain(name, self.cleaned_data[name])
            for name in self.guarded_names
            if name in self.cleaned_data
        }
        found = confront(shown=shown.values, stored=stored.values, entered=entered)
        acts = history_of(self.row, after=shown.last_act) if self.row is not None else []
        if shown.values != stored.values or acts:
            self._tell(found, acts, stored)

    def _tell(self, found: Confrontation, acts: list[ActInWords], stored: Shown) -> None:
        """Keep every entry; take over what the other person alone changed; mark what both did."""
        self.confrontation, self.acts_meanwhile = found, acts
        self.data = self.data.copy()
        for name in found.taken_over:
            self._take_over(name)
            told = f"Repris de la fiche, changé entre-temps. {self.fields[name].help_text}"
            self.fields[name].help_text = told.strip()
        for name in found.contested:
            now = self.in_words(name, stored.values[name])
            self.add_error(
                name, f"Enregistré entre-temps\u00a0: {now}. Votre saisie est gardée ci-dessus."
            )
        self.add_error(None, CHANGED_MEANWHILE)
        self.data[self.add_prefix("shown")] = stored.written()

    def _take_over(self, name: str) -> None:
        field, key = self.fields[name], self.add_prefix(name)
        value = field.widget.format_value(field.prepare_value(self.initial.get(name)))
        if isinstance(field.widget, forms.CheckboxInput):
            self.data.pop(key, None)
            if self.initial.get(name):
                self.data[key] = "on"
        elif isinstance(value, list | tuple) and hasattr(self.data, "setlist"):
            self.data.setlist(key, [str(item) for item in value])
        else:
            self.data[key] = "" if value is None else value

    def in_words(self, name: str, value: Any) -> str:
        """A compared value as a person reads it."""
        if value in ("", [], None):
            return NOTHING
        values = value if isinstance(value, list) else [value]
        labels = {}
        field: Any = self.fields[name]
        kind = type(field)
        if issubclass(kind, forms.ModelChoiceField):
            rows = field.queryset.filter(pk__in=values)
            labels = {str(row.pk): field.label_from_instance(row) for row in rows}
        elif issubclass(kind, forms.ChoiceField):
            labels = {str(key): str(label) for key, label in field.choices}
        elif issubclass(kind, forms.DateField):
            labels = {value: self._day(value)}
        elif isinstance(value, bool):
            return "oui" if value else "non"
        return ", ".join(labels.get(str(item), str(item)) for item in values)

    @staticmethod
    def _day(text: str) -> str:
        return date.fromisoformat(text).strftime("%d/%m/%Y")

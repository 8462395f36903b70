"""Acts: what may be done to one row beside correcting it. For many rows, see `bulk`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.mandates.queries import NOWHERE, Scope

from .fields import TownField, bound_days


class ActForm(forms.Form):
    """What an act asks. A room declares the fields and writes `write`, which calls one action.

    `row` is within the person's reach. `remarks`, where `write` leaves any, are shown once the act
    is done.
    """

    reason_required = False
    reason = forms.CharField(
        label="Motif",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Gardé dans l’historique.",
    )

    def __init__(
        self,
        *args: Any,
        row: Any,
        scope: Scope = NOWHERE,
        on: date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.scope, self.on = row, scope, on or timezone.localdate()
        self.remarks: list[str] = []
        self.fields["reason"].required = self.reason_required
        self.furnish()
        bound_days(self)
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])
        for field in self.fields.values():
            if isinstance(field, TownField):
                field.bind(scope=self.scope, on=self.on)

    def furnish(self) -> None:
        """Give fields what depends on the row."""

    def write(self, *, by: Authorship) -> None:
        """Call the action. The room writes it."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Act:
    """An act of a viewset: `slug` in its address, `label` on its button, `done` once it is done."""

    slug: str
    label: str
    form_class: type[ActForm]
    done: str


def day_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """A day, picked or typed."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def euros_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DecimalField:
    """Euros, exact to the cent, not negative."""
    return forms.DecimalField(
        label=label,
        required=required,
        min_value=0,
        max_digits=16,
        decimal_places=2,
        help_text=help_text,
    )


@contextmanager
def refusals_in_form() -> Iterator[None]:
    """Show an action's refusal, which states its facts in French, in the form that asked."""
    try:
        yield
    except (ValueError, PermissionError) as refusal:
        if type(refusal) in (ValueError, PermissionError):
            raise
        raise ValidationError(str(refusal)) from refusal

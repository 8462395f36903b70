"""One act on many rows: what a room declares of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django import forms

from beffroi.foundations.audit.actions import Authorship

from .fields import bound_days

MOST_ROWS = 5000


class Difference(NamedTuple):
    """What will change in a row, as a person reads it."""

    label: str
    old: str
    new: str


class BulkForm(forms.Form):
    """What an act on many rows asks; the room adds its fields before the reason."""

    reason = forms.CharField(
        label="Motif", max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order: list[str] | None = None

    def __init__(self, *args: Any, scope: Any = None, on: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope, self.on = scope, on
        bound_days(self)
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])


@dataclass(frozen=True)
class BulkAct:
    """An act on many rows at once, through one call of an action.

    `preview` tells what will change in a row, nothing where it says so already. `write` brings the
    rows to what was entered. `undo` brings each row back to the old values that the trail holds
    under `verb`; without it, the act has no inverse.
    """

    name: str
    label: str
    verb: str
    form_class: type[BulkForm]
    preview: Callable[[Any, Mapping[str, Any]], Iterable[Difference]]
    write: Callable[[Sequence[Any], Mapping[str, Any], Authorship], object]
    undo: Callable[[Sequence[tuple[Any, Mapping[str, Any]]], Authorship], object] | None = None

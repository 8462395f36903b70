"""The trail's own words: acts by verb, and details that are no field of their model, in French."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Model

_ACTS: dict[str, str] = {}
_DETAILS: dict[tuple[str, str], tuple[str, type[Model] | None]] = {}


def name_acts(acts: Mapping[str, str]) -> None:
    """Give verbs (names of actions) their words: `sign_agreements` → `Convention enregistrée`."""
    _ACTS.update(acts)


def act_in_words(verb: str) -> str:
    """What was done, in French; the verb itself where nobody named it."""
    return _ACTS.get(verb, verb.replace("_", " "))


def named_acts() -> dict[str, str]:
    """Every verb that has words."""
    return dict(_ACTS)


def name_details(model: type[Model], details: Mapping[str, str | tuple[str, type[Model]]]) -> None:
    """Name what a row's trail holds and its model does not: `{"town_ids": ("communes", Town)}`.

    The second term is the model whose keys are kept, where the detail holds keys.
    """
    for name, told in details.items():
        label, related = told if isinstance(told, tuple) else (told, None)
        _DETAILS[model._meta.label_lower, name] = (label, related)  # noqa: SLF001


def find_detail(label_lower: str, name: str) -> tuple[str, type[Model] | None] | None:
    """The words of a detail and the model of its keys, where a room gave them."""
    return _DETAILS.get((label_lower, name))

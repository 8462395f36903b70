"""Two people on one row: what was shown, what is stored, what was entered. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as a form showed it: its values by field, and the last act on it (0 for none)."""

    values: Mapping[str, Any] = field(default_factory=dict)
    last_act: int = 0

    def written(self) -> str:
        """As a hidden field carries it."""
        return json.dumps({"acte": self.last_act, "valeurs": dict(self.values)}, sort_keys=True)


def read_shown(text: str) -> Shown:
    """What a hidden field carried; nothing was shown where it is missing or unreadable."""
    try:
        read = json.loads(text)
        return Shown(values=dict(read["valeurs"]), last_act=int(read["acte"]))
    except (ValueError, TypeError, KeyError):
        return Shown()


@dataclass(frozen=True, slots=True)
class Confrontation:
    """Fields that another person changed while the form was open.

    `contested` were changed by both, each to another value; `taken_over` by the other one alone.
    """

    contested: tuple[str, ...]
    taken_over: tuple[str, ...]


def confront(
    *, shown: Mapping[str, Any], stored: Mapping[str, Any], entered: Mapping[str, Any]
) -> Confrontation:
    """Compare, field by field. A field whose entry could not be read counts as changed."""
    moved = [name for name in stored if name not in shown or shown[name] != stored[name]]
    kept = [name for name in moved if name in entered and entered[name] == shown.get(name, ...)]
    contested = [
        name
        for name in moved
        if name not in kept and not (name in entered and entered[name] == stored[name])
    ]
    return Confrontation(tuple(contested), tuple(kept))

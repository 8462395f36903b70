"""What a reviewer saw of each figure, and what moved since. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .frozen import Frozen, canonical_json, thaw
from .rules import NO_VALUE, format_figure

Seen = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that is no longer as it was reviewed; the values are written in French, and equal
    where the rows behind the figure changed and its value did not."""

    label: str
    before: str
    after: str

    @property
    def keeps_its_value(self) -> bool:
        """Whether other rows now make the same value."""
        return self.before == self.after


def seen_figures(frozen: Frozen) -> dict[str, dict[str, str]]:
    """Each figure by its code: `label`, written `value`, and the `mark` of it and its rows."""
    entries = {entry["code"]: entry for entry in frozen.content["figures"]}
    return {
        figure.code: {
            "label": figure.label,
            "value": format_figure(figure),
            "mark": _mark(entries[figure.code], frozen.rows["figures"][figure.code]),
        }
        for figure in thaw(frozen.content).figures
    }


def moved_since(seen: Seen, frozen: Frozen) -> tuple[Moved, ...]:
    """The figures that differ from those seen, by their value or by the rows behind them."""
    now = seen_figures(frozen)
    return tuple(
        Moved(
            (now.get(code) or seen[code])["label"],
            seen[code]["value"] if code in seen else NO_VALUE,
            now[code]["value"] if code in now else NO_VALUE,
        )
        for code in (*now, *(code for code in seen if code not in now))
        if seen.get(code, {}).get("mark") != now.get(code, {}).get("mark")
    )


def _mark(entry: Mapping[str, Any], rows: list[Any]) -> str:
    text = canonical_json({"figure": entry, "rows": rows})
    return hashlib.sha256(text.encode()).hexdigest()[:16]

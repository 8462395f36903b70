"""Where rooms declare their daily duties."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty: `perform` is told the instant, and answers with one French line of what it did.

    `name` is what the command line calls it.
    """

    name: str
    label: str
    perform: Callable[[datetime], str]


_DUTIES: dict[str, Duty] = {}


def declare(duty: Duty) -> Duty:
    """Add a duty to every round. Raises ValueError when the name is taken."""
    if _DUTIES.get(duty.name, duty) is not duty:
        raise ValueError(f"duty {duty.name} is declared twice")
    _DUTIES[duty.name] = duty
    return duty


def declared_duties() -> tuple[Duty, ...]:
    """Every duty, by name."""
    return tuple(_DUTIES[name] for name in sorted(_DUTIES))

"""One figure, its goal, and what it is measured against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any


@dataclass(frozen=True)
class Measure:
    """`goal` is the largest value wanted; `against` names the peer or the limit."""

    name: str
    value: float
    unit: str
    goal: float
    against: str

    @property
    def is_reached(self) -> bool:
        """Whether the goal holds."""
        return self.value <= self.goal

    def as_json(self) -> dict[str, Any]:
        """As written in the results."""
        return {
            "name": self.name,
            "value": round(self.value, 3),
            "unit": self.unit,
            "goal": self.goal,
            "against": self.against,
        }

    def __str__(self) -> str:
        mark = "atteint" if self.is_reached else "MANQUÉ"
        return (
            f"{self.name:<18} {self.value:10.2f} {self.unit:<8} "
            f"(au plus {self.goal:g}, {mark}) {self.against}"
        )


def seconds(act: Callable[[], object]) -> float:
    """How long one call takes."""
    started = perf_counter()
    act()
    return perf_counter() - started


def median_seconds(act: Callable[[], object], *, runs: int) -> float:
    """The median of several calls."""
    return median(seconds(act) for _ in range(runs))

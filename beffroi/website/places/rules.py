"""How a town stands in the programme, and what it is compared by. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple


class Standing(StrEnum):
    """How far a town has come, the furthest last. Each town has one."""

    NOTHING = "nothing"
    ADHESION = "adhesion"
    FRAMEWORK = "framework"
    ORT = "ort"


STANDING_LABELS = {
    Standing.NOTHING: "Aucune convention signée",
    Standing.ADHESION: "Convention d’adhésion",
    Standing.FRAMEWORK: "Convention-cadre",
    Standing.ORT: "Convention-cadre valant ORT",
}


class StandingCount(NamedTuple):
    """How many towns of a territory have come that far, out of how many."""

    standing: Standing
    number: int
    total: int

    @property
    def label(self) -> str:
        """The standing in words."""
        return STANDING_LABELS[self.standing]


def standing_of(*, adhesion: bool, framework: bool, ort: bool) -> Standing:
    """The furthest step reached; an agreement that counts as ORT is a framework agreement."""
    if ort:
        return Standing.ORT
    if framework:
        return Standing.FRAMEWORK
    return Standing.ADHESION if adhesion else Standing.NOTHING


def count_standings(standings: Iterable[Standing]) -> tuple[StandingCount, ...]:
    """Every standing with its towns, the furthest first; they add up to the towns."""
    found = list(standings)
    return tuple(
        StandingCount(standing, found.count(standing), len(found))
        for standing in reversed(list(Standing))
    )


def per_inhabitant(amount: Decimal, population: int | None) -> Decimal | None:
    """Euros per inhabitant, to the euro; None where nobody is counted."""
    if not population:
        return None
    return (amount / population).quantize(Decimal(1), ROUND_HALF_UP)

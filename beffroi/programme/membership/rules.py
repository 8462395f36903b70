"""What a programme allows: the ceiling of a post's funding, what a designation calls to mind. Pure.

Amounts are euros, exact to the cent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from beffroi.foundations.dates import format_date

_ANAH = "180067027"
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class FundingCap:
    """What may be funded of a post in a year, from a year on; `with_anah` where Anah is among
    the funders."""

    since: date
    share: Decimal
    amount: Decimal
    amount_with_anah: Decimal


# Petites villes de demain: 75 % of the loaded cost, at most 45 000 €, 55 000 € with Anah.
CAPS = (FundingCap(date(2020, 10, 1), Decimal("0.75"), Decimal(45_000), Decimal(55_000)),)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most that a post may receive in a year, and what sets it."""

    amount: Decimal
    is_share_of_cost: bool
    has_anah: bool


def is_anah(*, name: str, siren: str) -> bool:
    """True for the Agence nationale de l’habitat, by its SIREN, or its name where none is kept."""
    return siren == _ANAH or (not siren and name.strip().lower() == "anah")


def cap_of(year: int) -> FundingCap:
    """The cap in force at the end of a year; the first one for any year before."""
    in_force = [cap for cap in CAPS if cap.since <= date(year, 12, 31)]
    return in_force[-1] if in_force else CAPS[0]


def funding_ceiling(*, annual_cost: Decimal | None, has_anah: bool, year: int) -> Ceiling:
    """The ceiling of a post's funding for a year. Without a known cost, the fixed cap alone."""
    cap = cap_of(year)
    fixed = cap.amount_with_anah if has_anah else cap.amount
    if annual_cost is None:
        return Ceiling(fixed, is_share_of_cost=False, has_anah=has_anah)
    share = (annual_cost * cap.share).quantize(_CENT, ROUND_DOWN)
    return Ceiling(min(share, fixed), is_share_of_cost=share < fixed, has_anah=has_anah)


def excess_over(ceiling: Ceiling, amounts: Iterable[Decimal]) -> Decimal:
    """By how much the funders' amounts, together, pass the ceiling; zero when they do not."""
    return max(sum(amounts, Decimal(0)) - ceiling.amount, Decimal(0))


def are_apart(
    first: tuple[date | None, date | None], second: tuple[date | None, date | None]
) -> bool:
    """True when two half-open periods share no day; None is without end on that side."""
    (first_start, first_end), (second_start, second_end) = first, second
    before = first_end is not None and second_start is not None and first_end <= second_start
    after = second_end is not None and first_start is not None and second_end <= first_start
    return before or after


def covers(started_on: date | None, ended_on: date | None, day: date) -> bool:
    """True when a day lies in a period whose last day counts."""
    return (started_on is None or started_on <= day) and (ended_on is None or day <= ended_on)


class DesignationRemark(StrEnum):
    """What a person who designates a town should know. Nothing here refuses."""

    TOO_POPULOUS = "too_populous"
    IN_OTHER_PROGRAMME = "in_other_programme"


def designation_remarks(
    *, inhabitants: int | None, largest_population: int | None, other_programmes: Iterable[str]
) -> list[DesignationRemark]:
    """What to say of a designation: a town above the programme's threshold, one already in another
    programme."""
    remarks = []
    if largest_population and inhabitants is not None and inhabitants > largest_population:
        remarks.append(DesignationRemark.TOO_POPULOUS)
    if any(other_programmes):
        remarks.append(DesignationRemark.IN_OTHER_PROGRAMME)
    return remarks


class BackwardPeriod(ValueError):
    """A period would end before it starts."""

    def __init__(self, started_on: date, ended_on: date) -> None:
        self.started_on = started_on
        self.ended_on = ended_on
        super().__init__(
            f"La fin ({format_date(ended_on)}) précède le début ({format_date(started_on)})."
        )


def check_order(started_on: date | None, ended_on: date | None) -> None:
    """Raises BackwardPeriod where the end is known and comes before the start."""
    if started_on and ended_on and ended_on < started_on:
        raise BackwardPeriod(started_on, ended_on)

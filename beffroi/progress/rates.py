"""What may be compared between two territories: shares and means, never raw counts. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from .indicators import BY_CODE, Rated
from .rules import EUROS, PERCENT, Figure, Number, Reading, format_quantity, share

# What a figure is referred to: the indicator that counts it, and how French says so.
_MEANS = {
    Rated.ACTIVE_TOWN: ("active_towns", "par commune active"),
    Rated.INHABITANT: ("population", "par habitant"),
}
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Rate:
    """A number that stands beside another's; `per` says in French what it is referred to."""

    value: Number
    unit: str
    per: str

    @property
    def text(self) -> str:
        """`75,0 %`, `1,4`, `121 €`."""
        return format_quantity(self.value, self.unit)


def rate_of(figure: Figure, readings: Mapping[str, Reading]) -> Rate | None:
    """The comparable form of a figure in a place; None where it has none there.

    `readings` are those of the place, by code. A share stands as it is, a count of towns over the
    active towns becomes one, missions and areas are referred to the active towns, money to the
    inhabitants.
    """
    reading = readings.get(figure.code)
    if reading is None or reading.value is None:
        return None
    if figure.unit == PERCENT:
        return Rate(reading.value, PERCENT, figure.over)
    if reading.denominator is not None and reading.numerator is not None:
        percent = share(reading.numerator, reading.denominator, decimals=1)
        return None if percent is None else Rate(percent, PERCENT, figure.over)
    return _mean(figure, reading.value, readings)


def _mean(figure: Figure, value: Number, readings: Mapping[str, Reading]) -> Rate | None:
    declared = BY_CODE.get(figure.code)
    over, per = _MEANS.get(declared.rate if declared else Rated.NOTHING, ("", ""))
    count = readings[over].value if over in readings else None
    if not count:
        return None
    mean = (Decimal(value) / Decimal(count)).quantize(_TENTH, ROUND_HALF_UP)
    if figure.unit == EUROS:
        return Rate(int(mean.to_integral_value(ROUND_HALF_UP)), EUROS, per)
    return Rate(mean, figure.unit, per)

"""The steps of an axis, the classes of a map, and numbers as drawings write them. Pure."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise, starmap

from beffroi.foundations.dates import MONTHS
from beffroi.foundations.money import format_number

from ..rules import EUROS, HECTARES, PERCENT, Number, format_quantity

CLASSES = 5
_SHARE_BOUNDS = (20.0, 40.0, 60.0, 80.0)
_NICE = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
_MILLION, _BILLION = 1_000_000, 1_000_000_000
_SHORT_YEARS = 3
_NUMERALS = "0123456789,\u00a0\u202f"
_MONTHS = (
    *("janv.", "févr.", "mars", "avr.", "mai", "juin"),
    *("juil.", "août", "sept.", "oct.", "nov.", "déc."),
)


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes of a map: class n holds values from `bounds[n - 1]` up to, not at, `bounds[n]`.

    `labels` are French, one for each class, lowest first.
    """

    bounds: tuple[float, ...]
    labels: tuple[str, ...]

    def of(self, value: Number) -> int:
        """The class of a value, from 0."""
        return bisect_right(self.bounds, float(value))


def classes_for(values: Sequence[Number], unit: str) -> Classes:
    """Fixed fifths of 100 % for shares; elsewhere about equal classes between round numbers.

    Where some value is zero, zero has a class of its own. At most five classes, at least one.
    """
    if unit == PERCENT:
        return Classes(_SHARE_BOUNDS, _labels(_SHARE_BOUNDS, unit, zero=False))
    positive = sorted(value for value in values if value > 0)
    zero = len(positive) < len(values)
    if not positive:
        return Classes((), (short_quantity(0, unit),))
    bounds = _quantile_bounds(positive, CLASSES - zero, unit)
    if zero:
        bounds = (1.0 if is_count(unit) else float(positive[0]), *bounds)
    if not bounds:
        return Classes((), (_only_label(positive[0], positive[-1], unit),))
    return Classes(bounds, _labels(bounds, unit, zero=zero))


def nice_ticks(top: float, *, whole: bool, count: int = 4) -> tuple[float, ...]:
    """Round steps from zero, the last at or above `top`; whole steps where the figure counts."""
    if top <= 0:
        return (0.0, 1.0)
    raw = top / count
    scale = 10.0 ** math.floor(math.log10(raw))
    step = next(scale * nice for nice in (1, 2, 2.5, 5, 10) if scale * nice >= raw * 0.999)
    step = max(1, math.ceil(step)) if whole else step
    return tuple(round(step * order, 6) for order in range(math.ceil(top / step * 0.9999) + 1))


def year_ticks(first: date, last: date, *, most: int) -> tuple[tuple[date, str], ...]:
    """The first days of years between two days, about `most` of them, or both days where none.

    Short courses say the month, long ones the year alone.
    """
    years = [year for year in range(first.year, last.year + 1) if first <= date(year, 1, 1) <= last]
    if not years:
        days = (first,) if first == last else (first, last)
        return tuple((day, f"{day:%d/%m/%Y}") for day in days)
    every = math.ceil(len(years) / most)
    month = "janv.\u00a0" if len(years) <= _SHORT_YEARS else ""
    return tuple((date(year, 1, 1), f"{month}{year}") for year in years[::every])


def short_quantity(value: Number | None, unit: str) -> str:
    """`780 M€`, `3 Md€`, `2 310`, `99,6 %`: rounded for the eye, the exact number is in the table.

    Millions of euros are written to a tenth, thousands of millions to a hundredth.
    """
    if value is None or unit != EUROS:
        return format_quantity(value, unit)
    size = abs(float(value))
    if size < _MILLION:
        return format_quantity(round(value), unit)
    if size < _BILLION:
        return f"{_short(Decimal(value) / _MILLION, finest='0.1')}\u00a0M€"
    return f"{_short(Decimal(value) / _BILLION, finest='0.01')}\u00a0Md€"


def counted(value: Number | None, unit: str) -> str:
    """`26 communes`, `1 commune`, `780 000 000 €`, `99,6 %`: exact, for a sentence."""
    written = format_quantity(value, unit)
    if value is None or not is_count(unit):
        return written
    plural = abs(float(value)) >= 2  # noqa: PLR2004 — French is plural from two on
    return f"{written}\u00a0{unit if plural else unit.removesuffix('s')}"


def bare(value: Number, unit: str) -> str:
    """`8`, where the sentence names the unit later: « de 8 à 10 communes »."""
    return format_number(value) if is_count(unit) else format_quantity(value, unit)


def month_of(day: date) -> str:
    """`décembre 2020`."""
    return f"{MONTHS[day.month - 1]}\u00a0{day.year}"


def _short(value: Decimal, *, finest: str) -> str:
    """Rounded to `finest` at most, without a useless zero."""
    rounded = value.quantize(Decimal(finest), ROUND_HALF_UP).normalize()
    return format_number(rounded, decimals=max(0, -int(rounded.as_tuple().exponent)))


def short_month(day: date) -> str:
    """`sept. 2022`, for the narrow places of an axis."""
    return f"{_MONTHS[day.month - 1]}\u00a0{day.year}"


def is_count(unit: str) -> bool:
    """Whether the unit is a word: communes, missions, and neither %, € nor ha."""
    return unit.isalpha() and len(unit) > 2  # noqa: PLR2004 — a word, neither % nor € nor ha


def _quantile_bounds(positive: Sequence[Number], count: int, unit: str) -> tuple[float, ...]:
    """Round numbers near those that cut the values into `count` classes of equal size."""
    cuts = (float(positive[len(positive) * order // count]) for order in range(1, count))
    bounds = sorted({_nice(cut, unit) for cut in cuts})
    return tuple(bound for bound in bounds if float(positive[0]) < bound <= float(positive[-1]))


def _nice(value: float, unit: str) -> float:
    scale = 10.0 ** math.floor(math.log10(value))
    nice = min((scale * one for one in _NICE), key=lambda one: abs(one - value))
    return round(nice, 1) if unit == HECTARES else float(math.ceil(nice))


def _labels(bounds: Sequence[float], unit: str, *, zero: bool) -> tuple[str, ...]:
    """What is in each class; where zero is one, the next begins just above it."""
    written = [short_quantity(as_number(bound), unit) for bound in bounds]
    between = (
        _whole_intervals(bounds) if is_count(unit) else list(starmap(_between, pairwise(written)))
    )
    last = f"{written[-1]} et plus"
    if not zero:
        return (f"moins de {written[0]}", *between, last)
    if not is_count(unit):
        above = f"plus de {short_quantity(0, unit)}"
        between[:1] = [f"{above}, moins de {written[1]}"] if between else []
        last = last if between else above
    return (short_quantity(0, unit), *between, last)


def _only_label(low: Number, high: Number, unit: str) -> str:
    """What the one class of a map holds, from its lowest value to its highest."""
    lowest, highest = short_quantity(low, unit), short_quantity(high, unit)
    return lowest if lowest == highest else f"de {lowest} à {highest}"


def _whole_intervals(bounds: Sequence[float]) -> list[str]:
    return [_interval(int(low), int(high) - 1) for low, high in pairwise(bounds)]


def _between(low: str, high: str) -> str:
    """`de 2 à moins de 4 M€`: the unit once where both have the same."""
    unit = low.lstrip(_NUMERALS)
    once = low.removesuffix(unit).rstrip() if high.lstrip(_NUMERALS) == unit else low
    return f"de {once} à moins de {high}"


def _interval(low: int, high: int) -> str:
    return format_number(low) if low == high else f"{format_number(low)} à {format_number(high)}"


def as_number(bound: float) -> Number:
    return int(bound) if bound == int(bound) else Decimal(str(bound))

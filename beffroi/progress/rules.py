"""What a figure is, how a share is rounded, how a figure is written. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from beffroi.foundations.money import format_amount, format_number

Number = int | Decimal
RowKey = int | str

NO_VALUE = "–"
PERCENT, EUROS, HECTARES = "%", "€", "ha"
_M2_PER_HECTARE = 10_000
_EXACT = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was measured: the value, and the fraction it stands for where there is one."""

    value: Number | None
    numerator: Number | None = None
    denominator: Number | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured indicator, with what it takes to read it and to open it.

    Amounts are euros, areas hectares, shares percent. `value` is None where the figure does not
    exist: no denominator, or no meaning in that territory. `rows` are the keys of the register's
    rows behind it, in the table named `table`. `counts` and `over` say in French what the numerator
    and the denominator are, `over_code` is the figure that opens the denominator, `exclusions` what
    is left out; reports frozen before figures said so leave them empty.
    """

    code: str
    label: str
    heading: str
    value: Number | None
    unit: str
    numerator: Number | None
    denominator: Number | None
    definition: str
    version: int
    since: date
    table: str
    rows: tuple[RowKey, ...]
    counts: str = ""
    over: str = ""
    over_code: str = ""
    exclusions: tuple[str, ...] = ()

    @property
    def full_definition(self) -> str:
        """The definition and what it leaves out, as one text."""
        return " ".join((self.definition, *self.exclusions))

    @property
    def reading(self) -> Reading:
        """What was measured, without the words."""
        return Reading(self.value, self.numerator, self.denominator)


def share(numerator: Number, denominator: Number | None, *, decimals: int) -> Number | None:
    """Percent, halves rounded up, whole (int) where `decimals` is 0.

    None where the denominator is zero or missing: such a share does not exist. It may pass 100.
    """
    if not denominator:
        return None
    percent = Decimal(numerator) * 100 / Decimal(denominator)
    rounded = percent.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return rounded if decimals else int(rounded)


def hectares(square_metres: Decimal) -> Decimal:
    """Square metres in hectares, exactly."""
    return (square_metres / _M2_PER_HECTARE).quantize(_EXACT, ROUND_HALF_UP)


def format_figure(figure: Figure) -> str:
    """`99,6 %`, `2 310`, `780 000 000 €`, `675 ha`, or `–` where there is no value."""
    return format_quantity(figure.value, figure.unit)


def format_fraction(figure: Figure) -> str:
    """`1 601 sur 1 607`, or nothing where the figure is not a share of two known numbers."""
    if figure.numerator is None or figure.denominator is None:
        return ""
    unit = EUROS if isinstance(figure.denominator, Decimal) else ""
    numerator, denominator = (
        format_quantity(number, unit) for number in (figure.numerator, figure.denominator)
    )
    return f"{numerator} sur {denominator}"


def format_quantity(value: Number | None, unit: str) -> str:
    """A number as French typography writes it with its unit; counts go without theirs."""
    if value is None:
        return NO_VALUE
    if unit == EUROS:
        return format_amount(value, decimals=0 if _is_whole(value) else 2)
    if unit == PERCENT:
        return f"{format_number(value, decimals=_places(value))}\u202f%"
    if unit == HECTARES:
        return f"{format_number(value, decimals=0 if _is_whole(value) else 1)}\u00a0ha"
    return format_number(value)


def plain_number(value: Number | None, unit: str = "") -> int | float | None:
    """The number as JSON holds it: shares and areas with decimals, amounts whole where they are."""
    if value is None or isinstance(value, int):
        return value
    if unit not in {PERCENT, HECTARES} and _is_whole(value):
        return int(value)
    return float(value)


def reference_of(as_of: date, territory: str, revision: int) -> str:
    """`2022-09-23-national-r1`, `2022-09-23-dep-22-r2`: fit for an address."""
    return f"{as_of:%Y-%m-%d}-{territory.replace(':', '-')}-r{revision}"


def _is_whole(value: Number) -> bool:
    return value == int(value)


def _places(value: Number) -> int:
    return 0 if isinstance(value, int) else 1

"""Days, euros and numbers as a French reader writes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django import template

from beffroi.foundations.dates import format_date, format_short_date
from beffroi.foundations.money import format_amount, format_number

register = template.Library()
_CENTS = Decimal("0.01")


@register.filter
def day(value: date | None) -> str:
    """`1er septembre 2022`; a dash for none."""
    return format_date(value) if value else "—"


@register.filter
def short_day(value: date | None) -> str:
    """`01/09/2022`, for the narrow columns of a list; a dash for none."""
    return format_short_date(value) if value else "—"


@register.filter
def euros(value: Decimal | int | None) -> str:
    """`780 000 €`, with cents only where there are some; a dash for none."""
    if value is None:
        return "—"
    amount = Decimal(value).quantize(_CENTS)
    return format_amount(amount, decimals=0 if amount == amount.to_integral_value() else 2)


@register.filter
def whole_euros(value: Decimal) -> str:
    """`780 000 €`, to the nearest euro: for what is read at a glance."""
    return format_amount(value, decimals=0)


@register.filter
def number(value: Decimal | int | None) -> str:
    """`14 000`; a dash for none."""
    return "—" if value is None else format_number(value)


@register.filter
def hectares(value: Decimal) -> str:
    """`1,2 ha`."""
    return f"{format_number(value, decimals=1)}\u00a0ha"

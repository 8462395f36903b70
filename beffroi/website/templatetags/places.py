"""How pages of places write days, amounts and addresses."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.template.context import Context

from beffroi.foundations.dates import format_date
from beffroi.foundations.money import format_amount, format_number
from beffroi.progress.rules import format_figure, format_fraction

from ..places.addresses import area_address, town_address

register = template.Library()
register.filter("day", format_date)
register.filter("figure", format_figure)
register.filter("fraction", format_fraction)


@register.filter
def euros(amount: Any) -> str:
    """`1 234 €`, to the euro; a dash where there is none."""
    return "–" if amount is None else format_amount(amount)


@register.filter
def number(value: int | None) -> str:
    """`14 020`; « inconnue » where nobody counted."""
    return "inconnue" if value is None else format_number(value)


@register.simple_tag(takes_context=True)
def town_path(context: Context, code: str, name: str) -> str:
    """The page of a town, at the day of the page that links to it."""
    day: date | None = context.get("day")
    return town_address(code, name, as_of=day)


@register.simple_tag
def area_path(kind: str, code: str, name: str) -> str:
    """The page of a `dep`, a `reg` or an `epci`."""
    return area_address(kind, code, name)

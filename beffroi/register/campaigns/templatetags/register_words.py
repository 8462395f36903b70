"""How French counts, and how it writes euros."""

from __future__ import annotations

from decimal import Decimal

from django import template

from beffroi.foundations.money import format_amount

register = template.Library()
_FIRST_PLURAL = 2


@register.filter
def plural(number: int, endings: str = "s") -> str:
    """The ending of a word after a number, `s` or `singular,plural`: none and one are singular."""
    singular, _, many = endings.rpartition(",")
    return many if number >= _FIRST_PLURAL else singular


@register.filter
def whole_euros(value: Decimal) -> str:
    """`780 000 €`, to the nearest euro."""
    return format_amount(value, decimals=0)

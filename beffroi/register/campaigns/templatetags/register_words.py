"""How French counts, and how it writes euros."""

from __future__ import annotations

from decimal import Decimal

from django import template

from beffroi.foundations.desk.templatetags.desk_words import plural
from beffroi.foundations.money import format_amount

register = template.Library()
register.filter(plural)


@register.filter
def whole_euros(value: Decimal) -> str:
    """`780 000 €`, to the nearest euro."""
    return format_amount(value, decimals=0)

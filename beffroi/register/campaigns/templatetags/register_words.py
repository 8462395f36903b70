"""How French counts."""

from __future__ import annotations

from django import template

register = template.Library()
_FIRST_PLURAL = 2


@register.filter
def plural(number: int, endings: str = "s") -> str:
    """The ending of a word after a number, `s` or `singular,plural`: none and one are singular."""
    singular, _, many = endings.rpartition(",")
    return many if number >= _FIRST_PLURAL else singular

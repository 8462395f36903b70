"""Days, and numbers of things, as the desk writes them."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import timezone

from beffroi.foundations.dates import format_date, format_short_date

register = template.Library()
_FIRST_PLURAL = 2


@register.filter
def plural(number: int, endings: str = "s") -> str:
    """The ending of a word after a number, `s` or `singular,plural`: none and one are singular."""
    singular, _, many = endings.rpartition(",")
    return many if number >= _FIRST_PLURAL else singular


@register.filter
def day(value: date | None) -> str:
    """`1er septembre 2022`, the local day of a moment; nothing for none."""
    return format_date(_local(value)) if value else ""


@register.filter
def short_day(value: date | None) -> str:
    """`01/09/2022`, for the narrow columns of a list; nothing for none."""
    return format_short_date(_local(value)) if value else ""


@register.filter
def moment(value: datetime) -> str:
    """`1er septembre 2022 à 14 h 05`, where the desk is."""
    local = timezone.localtime(value)
    return f"{format_date(local.date())} à {local:%H}\u00a0h\u00a0{local:%M}"


def _local(value: date) -> date:
    """The day of a moment where the desk is; a day is itself."""
    return timezone.localtime(value).date() if isinstance(value, datetime) else value

"""Dates as the programme writes and counts them. Pure: no clock, no database."""

from __future__ import annotations

import calendar
import re
from datetime import date

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_FRENCH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_LONG = re.compile(r"(\d{1,2})(?:er)?\s+([^\W\d_]+)\s+(\d{4})", re.IGNORECASE)


def parse_date(text: str) -> date:
    """Read `2022-09-23`, `23/09/2022` or `23 septembre 2022`.

    Raises ValueError, worded in French, for anything else or for a day that does not exist.
    """
    text = text.strip()
    if match := _ISO.fullmatch(text):
        year, month, day = map(int, match.groups())
    elif match := _FRENCH.fullmatch(text):
        day, month, year = map(int, match.groups())
    elif (match := _LONG.fullmatch(text)) and match[2].lower() in MONTHS:
        day, month, year = int(match[1]), MONTHS.index(match[2].lower()) + 1, int(match[3])
    else:
        raise ValueError("date illisible, attendu : 31/12/2022 ou 2022-12-31")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError("ce jour n’existe pas au calendrier") from None


def format_date(day: date) -> str:
    """`1er septembre 2022`, with no-break spaces so that a date never breaks across lines."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}\u00a0{MONTHS[day.month - 1]}\u00a0{day.year}"


def format_short_date(day: date) -> str:
    """`01/09/2022`, for the narrow columns of a list."""
    return f"{day:%d/%m/%Y}"


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month where it does not exist."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))

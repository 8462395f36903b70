"""The day at which a page is read."""

from __future__ import annotations

from datetime import date

from beffroi.foundations.dates import format_date, parse_date


class RefusedDay(ValueError):
    """A day at which nothing can be shown; the reason is in French."""


def read_day(text: str, *, today: date) -> date | None:
    """The day that `?au=` asks for, None for today. Raises RefusedDay."""
    if not text.strip():
        return None
    try:
        day = parse_date(text)
    except ValueError as unreadable:
        raise RefusedDay(
            f"La date demandée, «\u00a0{text[:40]}\u00a0», ne se lit pas\u00a0: {unreadable}."
        ) from None
    if day > today:
        raise RefusedDay(
            f"Le {format_date(day)} n’est pas encore venu\u00a0: le registre ne dit que le passé."
        )
    return None if day == today else day


def check_launched(day: date, *, launched_on: date | None) -> None:
    """Raises RefusedDay for a day before the programme."""
    if launched_on and day < launched_on:
        raise RefusedDay(
            f"Le programme a été lancé le {format_date(launched_on)}\u00a0: il n’y a rien à "
            f"montrer au {format_date(day)}."
        )

"""The days and the places that demands name."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from pydantic import Field

from beffroi.foundations.territories.queries import Territory, UnknownTerritory, find_territory
from beffroi.progress.days import check_launched, read_day
from beffroi.progress.queries import NoProgramme, get_programme

from .problems import missing

SHORT, LONG = 20, 100


def _as_day(schema: dict[str, Any]) -> None:
    schema["format"] = "date"
    del schema["default"]


def _optional(schema: dict[str, Any]) -> None:
    del schema["default"]


def day_field(description: str) -> Any:
    """A day as a parameter: `2022-09-23`."""
    return Field(
        "",
        max_length=40,
        description=description,
        examples=["2022-09-23"],
        json_schema_extra=_as_day,
    )


def text_field(description: str, *, example: str, longest: int = SHORT) -> Any:
    """A word as a parameter; the empty one asks nothing."""
    return Field(
        "",
        max_length=longest,
        description=description,
        examples=[example],
        json_schema_extra=_optional,
    )


AS_OF = (
    "Date à laquelle lire le registre, depuis le lancement du programme\u202f; "
    "aujourd’hui sans elle."
)


def day_asked(text: str) -> date:
    """The day to read the register at, today without one.

    Raises RefusedDay for one that cannot be read, is to come, or precedes the programme.
    """
    today = timezone.localdate()
    day = read_day(text, today=today) or today
    try:
        launched_on = get_programme().launched_on
    except NoProgramme:
        launched_on = None
    check_launched(day, launched_on=launched_on)
    return day


def bound_asked(text: str) -> date | None:
    """A day that bounds a list, None without one. Raises RefusedDay."""
    return read_day(text, today=date.max)


def place_asked(text: str, *, on: date) -> Territory:
    """The territory of that day. Raises Problem where there is none."""
    try:
        return find_territory(text or None, on=on)
    except UnknownTerritory as unknown:
        raise missing(str(unknown)) from unknown

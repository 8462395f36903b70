"""The days and the places that demands name."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.utils import timezone
from pydantic import Field

from beffroi.foundations.territories.queries import Territory, UnknownTerritory, find_territory
from beffroi.progress.days import check_launched, read_day
from beffroi.progress.queries import NoProgramme, get_programme
from beffroi.progress.wording import TERRITORY_HELP

from .problems import missing, refused
from .queries import heirs_of
from .written import successors_json

SHORT, LONG = 20, 100
_TOWN = "com:"
_TERRITORY = re.compile(r"national|(dep|reg|epci|com|taille|centralite)\s*:\s*\S+", re.IGNORECASE)


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


def territory_field(description: str) -> Any:
    """A territory as a parameter: `dep:22`."""
    return text_field(f"{description} {TERRITORY_HELP}.", example="dep:22", longest=LONG)


def territory_asked(text: str) -> str:
    """A territory as it was written, in the spelling that reports bear; nothing for nothing.

    Raises Problem for a text that names no territory whatever the day.
    """
    wanted = text.strip()
    if wanted and not _TERRITORY.fullmatch(wanted):
        raise refused(f"Territoire illisible\u00a0: attendu {TERRITORY_HELP}.")
    kind, _, code = wanted.partition(":")
    kind, code = kind.strip().lower(), code.strip()
    if not code:
        return kind
    return f"{kind}:{code.lower() if kind == 'taille' else code.upper()}"


def place_asked(text: str, *, on: date) -> Territory:
    """The territory of that day, the whole country for nothing.

    Raises Problem where there is none: it names the towns that continue one that is no more.
    """
    wanted = territory_asked(text)
    try:
        return find_territory(wanted or None, on=on)
    except UnknownTerritory as unknown:
        if not wanted.startswith(_TOWN):
            raise missing(str(unknown)) from unknown
        code = wanted.removeprefix(_TOWN)
        heirs = [heir for heir in heirs_of(code, on=on) if heir.code != code]
        more = {"successors": successors_json(heirs)} if heirs else {}
        raise missing(str(unknown), **more) from unknown

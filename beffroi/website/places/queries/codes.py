"""From the address of a town to the town, or to the towns, it leads to."""

from __future__ import annotations

import re
from datetime import date, timedelta

from beffroi.foundations.territories.models import FormerCode, TownPeriod
from beffroi.foundations.territories.queries import UnknownCode, load_resolver, parted_towns
from beffroi.foundations.territories.rules import restore_zero

from ..addresses import Address, slug_of

_CODE = re.compile("[0-9][0-9AB][0-9]{3}")


class UnknownTown(LookupError):
    """No town bears or ever bore this code."""


def find_towns(address: Address, *, on: date) -> tuple[int, ...]:
    """The town that an address leads to on a day, or the towns that a split one became.

    One query for a code in force. Raises UnknownTown.
    """
    code, _ = restore_zero(address.code)
    if not _CODE.fullmatch(code):
        raise UnknownTown(address.code)
    living = TownPeriod.objects.as_of(on).filter(code=code).values_list("town_id", flat=True)
    if found := tuple(living[:1]):
        return found
    if not _was_borne(code):
        raise UnknownTown(address.code)
    try:
        return load_resolver().resolve(code, on=on).town_ids
    except UnknownCode:
        raise UnknownTown(address.code) from None


def split_towns(address: Address, *, on: date) -> tuple[int, ...]:
    """The towns that came of one that was split, when the address names it as it was before.

    Neussargues en Pinatelle (15141) became five communes, and one of them kept the code. Empty
    when the address names no such town.
    """
    code, _ = restore_zero(address.code)
    ended = TownPeriod.objects.filter(code=code, valid_to__lte=on)
    for town_id, name, day in ended.values_list("town_id", "name", "valid_to"):
        if slug_of(name) == address.slug:
            parts = parted_towns([town_id], since=day - timedelta(1), on=day)
            return tuple(sorted((town_id, *parts[town_id]))) if parts else ()
    return ()


def _was_borne(code: str) -> bool:
    bearers = (TownPeriod.objects.filter(code=code), FormerCode.objects.filter(code=code))
    return any(rows.exists() for rows in bearers)

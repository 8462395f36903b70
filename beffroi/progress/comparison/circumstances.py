"""What the register knows of the rows that moved, beyond the two reports. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ..rules import RowKey
from .shapes import Cause


@dataclass(frozen=True, slots=True)
class Heir:
    """The town that stands for another on the second day: `Verdun-Ciel (71566)`, since a day."""

    town: int
    name: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Why rows move, as far as the register can tell; empty where nothing was asked.

    `heirs` says of a town of the first day which one stands for it on the second. `withdrawals`
    and `joinings` are the days on which towns left the programme and joined it. `arrived` and
    `departed` are the INSEE codes of the towns that changed territory. `same_places` pairs the
    codes of one town on the two days where they differ. `events` are the days that put towns into
    figures, and `fates` what became of the rows that left, both by code of figure and key of row.
    """

    heirs: Mapping[int, Heir] = field(default_factory=dict)
    withdrawals: Mapping[int, date] = field(default_factory=dict)
    joinings: Mapping[int, date] = field(default_factory=dict)
    arrived: frozenset[str] = frozenset()
    departed: frozenset[str] = frozenset()
    same_places: frozenset[tuple[str, str]] = frozenset()
    events: Mapping[tuple[str, RowKey], date] = field(default_factory=dict)
    fates: Mapping[tuple[str, RowKey], Cause] = field(default_factory=dict)

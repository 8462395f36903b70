"""The territories whose figures a reader may ask on a day: to choose, or to look for by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from beffroi.foundations.folding import fold
from beffroi.foundations.territories.models import (
    DepartmentPeriod,
    IntercommunalityPeriod,
    RegionPeriod,
)
from beffroi.foundations.territories.queries import (
    UnknownCode,
    load_resolver,
    search_towns,
    spell_out,
    town_groups,
    town_labels,
)

_MOST = 20
Rows = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """A territory as it is asked for, and as it is named that day."""

    territory: str
    label: str


def choices_on(day: date) -> dict[str, tuple[Choice, ...]]:
    """The whole country, the régions and the départements in the order of their codes, then the
    groups of towns."""
    return {
        "": (Choice("national", "France entière"),),
        "Régions": _choices("reg", _regions(day)),
        "Départements": _choices("dep", _departments(day)),
        "Groupes de communes": tuple(Choice(str(one), one.name) for one in town_groups(day)),
    }


def search_territories(text: str, *, on: date) -> tuple[Choice, ...]:
    """The territories that a text names: régions, départements, EPCI, then towns. Four queries."""
    wanted = spell_out(text)
    if not wanted:
        return ()
    wide = (*_choices("reg", _regions(on)), *_choices("dep", _departments(on)))
    groups = _choices("epci", _intercommunalities(on))
    named = [one for one in (*wide, *groups) if wanted in fold(one.label)]
    towns = (
        Choice(f"com:{town.code}", f"{town.name} ({town.code}), commune")
        for town in search_towns(text, on=on, limit=_MOST)
    )
    return (*named[:_MOST], *towns)


def successors_of(town_code: str, *, on: date) -> tuple[Choice, ...]:
    """The towns that stand on a day for one that bore this code; none where nobody ever bore it."""
    try:
        found = load_resolver().resolve(town_code, on=on)
    except UnknownCode:
        return ()
    labels = town_labels(found.town_ids, on=on).values()
    return tuple(
        Choice(f"com:{label.code}", f"{label.name} ({label.code})")
        for label in labels
        if label.code != town_code
    )


def _choices(kind: str, rows: Rows) -> tuple[Choice, ...]:
    return tuple(Choice(f"{kind}:{code}", f"{name} ({code})") for code, name in sorted(rows))


def _regions(on: date) -> Rows:
    return RegionPeriod.objects.as_of(on).values_list("region__code", "name")


def _departments(on: date) -> Rows:
    return DepartmentPeriod.objects.as_of(on).values_list("department__code", "name")


def _intercommunalities(on: date) -> Rows:
    rows = IntercommunalityPeriod.objects.as_of(on)
    return rows.values_list("intercommunality__siren", "name")

"""The list of towns, as a reader narrows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from beffroi.foundations.folding import fold
from beffroi.foundations.territories.queries import TownMatch, search_towns, spell_out
from beffroi.foundations.territories.rules import restore_zero
from beffroi.register.sheets.queries import matches

from .ground import FollowedTown, Ground

_OUTSIDE = 10

SORTS: dict[str, tuple[str, Callable[[FollowedTown], Any]]] = {
    "nom": ("Nom", lambda town: fold(town.line.name)),
    "departement": ("Département", lambda town: (town.line.department_code, fold(town.line.name))),
    "population": ("Population, la plus grande d’abord", lambda town: -(town.population or 0)),
    "engage": ("Montant engagé, le plus élevé d’abord", lambda town: -town.line.committed),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asked of the list; empty texts ask nothing."""

    text: str = ""
    region: str = ""
    department: str = ""
    sort: str = "nom"

    @property
    def is_narrowed(self) -> bool:
        """True when some towns are left out."""
        return bool(self.text or self.region or self.department)


def matching_towns(ground: Ground, wanted: Wanted) -> list[FollowedTown]:
    """The followed towns that answer, in the order asked for; no query."""
    found = [
        town
        for town in ground.towns
        if wanted.region in ("", town.line.region_code)
        and wanted.department in ("", town.line.department_code)
    ]
    if wanted.text:
        found = list(_answering(found, wanted.text))
    return sorted(found, key=SORTS.get(wanted.sort, SORTS["nom"])[1])


def towns_outside(ground: Ground, text: str) -> list[TownMatch]:
    """The towns outside the programme that a text names. One query."""
    followed = ground.by_id
    matches = search_towns(text, on=ground.as_of, limit=_OUTSIDE) if text else []
    return [match for match in matches if match.town_id not in followed]


def _answering(towns: Iterable[FollowedTown], text: str) -> Iterator[FollowedTown]:
    """By name, former names included, or by the start of a code, whose zero may be lost."""
    name, code = spell_out(text), restore_zero(fold(text))[0]
    for town in towns:
        if name and (matches(town.line, name) or (name.isdigit() and matches(town.line, code))):
            yield town

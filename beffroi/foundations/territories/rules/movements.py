"""INSEE's movements of communes, grouped into what happened on a day. Pure.

Source: INSEE, *Code officiel géographique*, « Événements survenus aux communes depuis 1943 ».
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

COMMUNE = "COM"
_RECODING = frozenset({41, 50})
_PARTING = frozenset({20, 21, 30})
RE_ESTABLISHMENT = 21
# Loi organique n° 2007-223 du 21 février 2007: two communes of Guadeloupe became collectivities of
# their own. The file only tells that they left; the editions have them under these codes.
_LEFT_GUADELOUPE = {"97123": "97701", "97127": "97801"}


class Movement(NamedTuple):
    """A line of the file: `kind` is INSEE's MOD, the types are COM, COMA, COMD, ARM or empty."""

    day: date
    kind: int
    type_before: str
    code_before: str
    name_before: str
    type_after: str
    code_after: str
    name_after: str

    @property
    def is_between_communes(self) -> bool:
        """False for what befalls a delegated or associated commune, or an arrondissement."""
        return {self.type_before, self.type_after} <= {COMMUNE, ""}


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened to some communes together: names by code before and after, and who → whom."""

    day: date
    kind: int
    before: Mapping[str, str]
    after: Mapping[str, str]
    links: frozenset[tuple[str, str]]

    def heirs(self, code: str) -> list[str]:
        """The codes after the day that come from this one, sorted."""
        return sorted(heir for origin, heir in self.links if origin == code)

    def continuations(self) -> dict[str, str]:
        """The code under which each commune goes on, old → new; absent if it ended.

        A commune goes on under its own code. It goes on under another one when it alone changes
        it, or when a split gives its code away and its name to a single other commune.
        """
        found = {}
        for code in self.before:
            heir = self._continuation(code)
            if heir is not None:
                found[code] = heir
        return found

    def _continuation(self, code: str) -> str | None:
        heirs = self.heirs(code)
        if self.kind in _PARTING:
            named = [heir for heir in heirs if self.after[heir] == self.before[code]]
            if len(named) == 1:
                return named[0]
        if code in heirs:
            return code
        alone = len(self.before) == len(heirs) == 1 and self.kind not in _PARTING
        return heirs[0] if alone else None


def happenings(movements: Iterable[Movement]) -> list[Happening]:
    """Group the lines of a day that share communes, in order; recodings come before mergers."""
    of_day: defaultdict[tuple[date, bool, int], list[Movement]] = defaultdict(list)
    for movement in map(_completed, movements):
        if movement.is_between_communes:
            order = movement.day, movement.kind not in _RECODING, movement.kind
            of_day[order].append(movement)
    return [
        _happening(day, kind, group)
        for (day, _, kind), rows in sorted(of_day.items(), key=lambda item: item[0])
        for group in _connected(rows)
        if any(row[3:5] != row[6:8] for row in group)
    ]


def _completed(movement: Movement) -> Movement:
    code = _LEFT_GUADELOUPE.get(movement.code_before)
    if code is None or movement.code_after:
        return movement
    return movement._replace(
        kind=min(_RECODING),
        type_after=COMMUNE,
        code_after=code,
        name_after=movement.name_before,
    )


def _happening(day: date, kind: int, rows: list[Movement]) -> Happening:
    return Happening(
        day=day,
        kind=kind,
        before={row.code_before: row.name_before for row in rows if row.code_before},
        after={row.code_after: row.name_after for row in rows if row.code_after},
        links=frozenset(
            (row.code_before, row.code_after) for row in rows if row.code_before and row.code_after
        ),
    )


def _connected(rows: list[Movement]) -> Iterator[list[Movement]]:
    """The rows that share a commune before or after, together, in the order of their codes."""
    leaders: dict[tuple[bool, str], tuple[bool, str]] = {}

    def leader(place: tuple[bool, str]) -> tuple[bool, str]:
        while leaders.setdefault(place, place) != place:
            place = leaders[place]
        return place

    rows = sorted(rows)
    for row in rows:
        if row.code_before and row.code_after:
            leaders[leader((True, row.code_before))] = leader((False, row.code_after))
    groups: defaultdict[tuple[bool, str], list[Movement]] = defaultdict(list)
    for row in rows:
        place = (True, row.code_before) if row.code_before else (False, row.code_after)
        groups[leader(place)].append(row)
    yield from groups.values()

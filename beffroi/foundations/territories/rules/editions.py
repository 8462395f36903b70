"""From yearly photographs of the official geography to lives with dates.

An edition (INSEE's *millésime*) is the geography on January 1st of its year. Between two editions
nothing tells the day of a change, so it takes effect on January 1st of the later one. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from .lives import Span

K = TypeVar("K")
V = TypeVar("V")


class Commune(NamedTuple):
    """A commune in one edition; `population` in people."""

    name: str
    department: str
    siren: str | None = None
    population: int | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """The geography of one year, by code.

    `departments` gives (région, name), `intercommunalities` (kind, name), `members` the SIREN of
    each commune's EPCI, `containers` the living commune of each absorbed code.
    """

    year: int
    regions: Mapping[str, str]
    departments: Mapping[str, tuple[str, str]]
    communes: Mapping[str, Commune]
    intercommunalities: Mapping[str, tuple[str, str]]
    members: Mapping[str, str]
    containers: Mapping[str, str]

    @property
    def day(self) -> date:
        """The day the photograph was taken."""
        return date(self.year, 1, 1)


class Stretch(NamedTuple, Generic[K, V]):
    """A value that held for a key during a span."""

    key: K
    value: V
    span: Span


class Succession(NamedTuple):
    """An identity that another one continues, or that gave birth to it, on a day."""

    predecessor: int
    successor: int
    day: date


def stretches(states: Sequence[tuple[date, Mapping[K, V]]]) -> Iterator[Stretch[K, V]]:
    """Join the states of successive days into spans; the first one has always been true."""
    running: dict[K, tuple[V, date | None]] = {}
    for index, (day, state) in enumerate(states):
        for key, (value, start) in list(running.items()):
            if key not in state or state[key] != value:
                yield Stretch(key, value, Span(start, day))
                del running[key]
        for key, value in state.items():
            running.setdefault(key, (value, day if index else None))
    for key, (value, start) in running.items():
        yield Stretch(key, value, Span(start, None))


def continued_as(earlier: Mapping[str, Commune], later: Edition) -> dict[str, str]:
    """The code under which each commune of `earlier` goes on in `later`; absent if it ended.

    A commune keeps its identity with its SIREN when the code alone changes. A merger changes the
    SIREN and keeps a code: then the code decides.
    """
    moved = _moves(earlier, later)
    taken = set(moved.values())
    kept = {
        code: code
        for code in earlier
        if code in later.communes and code not in moved and code not in taken
    }
    return moved | kept


def _moves(earlier: Mapping[str, Commune], later: Edition) -> dict[str, str]:
    new = {code: row for code, row in later.communes.items() if code not in earlier}
    by_siren = {row.siren: code for code, row in new.items() if row.siren}
    moves: dict[str, str] = {}
    for code, row in earlier.items():
        target = by_siren.get(row.siren or "") or _renumbered(code, row, later)
        if target in new:
            moves[code] = target
    claims = Counter(moves.values())
    return {code: target for code, target in moves.items() if claims[target] == 1}


def _renumbered(code: str, row: Commune, later: Edition) -> str | None:
    """Without a SIREN: the commune that absorbed the code and bears the very same name."""
    target = later.containers.get(code)
    if row.siren or target is None or code in later.communes:
        return None
    return target if later.communes[target].name == row.name else None


def former_codes(
    editions: Sequence[Edition], identities: Sequence[Mapping[str, int]]
) -> set[tuple[str, int]]:
    """The codes that the editions name as absorbed, each with the identity that absorbed it.

    A town's own earlier codes are left out: its periods already tell them.
    """
    borne = {(code, identity) for now in identities for code, identity in now.items()}
    named = {
        (old, now[code])
        for edition, now in zip(editions, identities, strict=True)
        for old, code in edition.containers.items()
    }
    return named - borne

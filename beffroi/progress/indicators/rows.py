"""Rows of the register, listed one by one or already added up by town: measures read both. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Protocol, Self

from ..rules import RowKey
from .tables import TABLES, TERRITORY, YEAR

Towns = frozenset[int]
UNKNOWN = "Non précisé"
_ISO_YEAR = 4
_CENTS = 2


class Record(NamedTuple):
    """One row of the register: a decision, a mission, a project, a plan, a post, a meeting.

    `towns` are living towns; `quantity` is what the row adds up (euros, m², people), None where
    nobody counted; `cells` are the texts that describe it, in the order of its table's columns.
    """

    key: RowKey
    towns: tuple[int, ...]
    quantity: Decimal | None
    cells: tuple[str, ...]
    region: str = ""


class Tally(NamedTuple):
    """How many rows a town has, and what they add up to, in hundredths (cents of a euro)."""

    rows: int
    hundredths: int

    def with_more(self, other: Tally) -> Tally:
        """The rows of both."""
        return Tally(self.rows + other.rows, self.hundredths + other.hundredths)


_NONE = Tally(0, 0)


class Rows(Protocol):
    """What measures ask of the rows of one kind, whichever way they were read."""

    @property
    def count(self) -> int:
        """How many rows."""

    @property
    def total(self) -> Decimal:
        """What they add up to, to the hundredth."""

    @property
    def towns(self) -> Towns:
        """The towns that have one."""

    @property
    def keys(self) -> tuple[RowKey, ...]:
        """The keys of the rows, where they are listed."""

    def within(self, towns: Towns) -> Self:
        """The rows of some towns."""

    def parted(self, *, by: str) -> Mapping[str, Self]:
        """The rows of each funder, theme, year or région, by its label."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Rows read one by one, in the order of their keys: what figures open onto."""

    table: str
    records: tuple[Record, ...] = ()

    @property
    def count(self) -> int:
        """How many rows."""
        return len(self.records)

    @property
    def total(self) -> Decimal:
        """What they add up to; a row that nobody counted adds nothing."""
        quantities = (record.quantity for record in self.records)
        return sum((one for one in quantities if one is not None), Decimal("0.00"))

    @property
    def towns(self) -> Towns:
        """The towns that have one."""
        return frozenset(town for record in self.records for town in record.towns)

    @property
    def keys(self) -> tuple[RowKey, ...]:
        """The keys of the rows."""
        return tuple(record.key for record in self.records)

    @property
    def counted(self) -> Listed:
        """Those whose quantity is known."""
        return self._with(record for record in self.records if record.quantity is not None)

    def keyed(self, keys: frozenset[str]) -> Listed:
        """Those of some keys."""
        return self._with(record for record in self.records if record.key in keys)

    def of_region(self, region: str) -> Listed:
        """Those of a région, by its code."""
        return self._with(record for record in self.records if record.region == region)

    def held_by(self, day: date) -> Listed:
        """Those whose event is not later than a day."""
        place, text = TABLES[self.table].place_of(YEAR), day.isoformat()
        return self._with(record for record in self.records if record.cells[place] <= text)

    def within(self, towns: Towns) -> Listed:
        """The rows of some towns; one of several towns belongs to each."""
        return self._with(record for record in self.records if not towns.isdisjoint(record.towns))

    def parted(self, *, by: str) -> dict[str, Listed]:
        """The rows of each funder, theme, year or région, by its label."""
        parts: defaultdict[str, list[Record]] = defaultdict(list)
        place = None if by == TERRITORY else TABLES[self.table].place_of(by)
        longest = _ISO_YEAR if by == YEAR else None
        for record in self.records:
            label = record.region if place is None else record.cells[place][:longest] or UNKNOWN
            parts[label].append(record)
        return {label: self._with(part) for label, part in parts.items()}

    def tallied(self) -> Tallied:
        """The same rows added up by town, each of which lies in one town."""
        sums: dict[int, Tally] = {}
        for record in self.records:
            one = Tally(1, int((record.quantity or Decimal(0)).scaleb(_CENTS)))
            sums[record.towns[0]] = sums.get(record.towns[0], _NONE).with_more(one)
        return Tallied(sums)

    def _with(self, records: Iterable[Record]) -> Listed:
        return Listed(self.table, tuple(records))


@dataclass(frozen=True, slots=True)
class Tallied:
    """Rows added up by town, and by town in each funder, theme or year where `labels` say so."""

    by_town: Mapping[int, Tally]
    labels: Mapping[str, Mapping[str, Mapping[int, Tally]]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many rows."""
        return sum(tally.rows for tally in self.by_town.values())

    @property
    def total(self) -> Decimal:
        """What they add up to, to the hundredth."""
        hundredths = sum(tally.hundredths for tally in self.by_town.values())
        return Decimal(hundredths).scaleb(-_CENTS)

    @property
    def towns(self) -> Towns:
        """The towns that have one."""
        return frozenset(self.by_town)

    @property
    def keys(self) -> tuple[RowKey, ...]:
        """None: rows that were added up cannot be opened."""
        return ()

    def within(self, towns: Towns) -> Tallied:
        """The rows of some towns."""
        labels = {
            kind: {label: kept for label, part in parts.items() if (kept := _kept(part, towns))}
            for kind, parts in self.labels.items()
        }
        return Tallied(_kept(self.by_town, towns), labels)

    def parted(self, *, by: str) -> dict[str, Tallied]:
        """The rows of each funder, theme or year, by its label."""
        return {label or UNKNOWN: Tallied(part) for label, part in self.labels[by].items()}


def _kept(tallies: Mapping[int, Tally], towns: Towns) -> dict[int, Tally]:
    if len(towns) < len(tallies):
        return {town: tallies[town] for town in towns if town in tallies}
    return {town: tally for town, tally in tallies.items() if town in towns}

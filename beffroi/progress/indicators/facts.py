"""The register as it stood on a day, in plain values: what every indicator measures. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ..rules import RowKey
from .tables import (
    BROWNFIELDS,
    COMMITMENTS,
    MEETINGS,
    MISSIONS,
    PLANS,
    POSTS,
    TABLES,
    TERRITORY,
    YEAR,
)

Towns = frozenset[int]
UNKNOWN = "Non précisé"
_ISO_YEAR = 4


class Signature(NamedTuple):
    """When a town came under an agreement first, and under which."""

    since: date
    reference: str


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the register: a decision, a mission, a project, a plan, a post, a meeting.

    `towns` are living towns; `quantity` is what the row adds up (euros, m², people), None where
    nobody counted; `cells` are the texts that describe it, in the order of its table's columns.
    """

    key: RowKey
    towns: tuple[int, ...]
    quantity: Decimal | None
    cells: tuple[str, ...]
    region: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything known on a day, on the towns that live on that day.

    `plans` and `meetings` are None where they have no meaning: the plan exists for the whole
    country only, and meetings gather a région or the whole country, never a smaller territory.
    `late` are the towns whose eighteen months have passed without a framework, `fresh` those whose
    sheet a person vouched for within twelve months, `met` those that came to a meeting; `vacant`
    are the references of the posts known to be held by nobody. `signed` says since when, and by
    which agreement, each town belongs to a set of covered towns, under the name of that set.
    """

    as_of: date
    active: Towns
    adhesion: Towns
    framework: Towns
    ort: Towns
    security: Towns
    integrated_security: Towns
    population: Mapping[int, int]
    plans: tuple[Record, ...] | None
    commitments: tuple[Record, ...]
    missions: tuple[Record, ...]
    brownfields: tuple[Record, ...]
    posts: tuple[Record, ...]
    meetings: tuple[Record, ...] | None
    late: Towns = frozenset()
    fresh: Towns = frozenset()
    met: Towns = frozenset()
    vacant: frozenset[str] = frozenset()
    signed: Mapping[str, Mapping[int, Signature]] = field(default_factory=dict)

    def within(self, towns: Towns, *, region: str = "") -> Facts:
        """The same day seen from the towns of one territory, which may be a région (its code)."""
        return replace(
            self,
            active=self.active & towns,
            adhesion=self.adhesion & towns,
            framework=self.framework & towns,
            ort=self.ort & towns,
            security=self.security & towns,
            integrated_security=self.integrated_security & towns,
            late=self.late & towns,
            fresh=self.fresh & towns,
            met=self.met & towns,
            plans=None,
            commitments=_placed(self.commitments, towns),
            missions=_placed(self.missions, towns),
            brownfields=_placed(self.brownfields, towns),
            posts=_placed(self.posts, towns),
            meetings=self._meetings_of(region),
        )

    def towns(self) -> Towns:
        """Every town that something is known of."""
        placed = (*self.commitments, *self.missions, *self.brownfields, *self.posts)
        covered = (self.active, self.adhesion, self.framework, self.security)
        return frozenset().union(
            *covered, self.integrated_security, self.met, *(record.towns for record in placed)
        )

    def parted(self, name: str, *, by: str) -> dict[str, Facts]:
        """The facts of each funder, theme, year or région, where `name` is what is told apart."""
        told = getattr(self, name)
        if not told:
            return {}
        label = self._label(name, by)
        parts: defaultdict[str, list[int | Record]] = defaultdict(list)
        for one in told:
            parts[label(one)].append(one)
        kept = type(told)
        return {text: replace(self, **{name: kept(part)}) for text, part in parts.items()}

    def tables(self) -> dict[str, tuple[Record, ...]]:
        """The rows of the register, by the table that shows them."""
        return {
            PLANS: self.plans or (),
            COMMITMENTS: self.commitments,
            MISSIONS: self.missions,
            BROWNFIELDS: self.brownfields,
            POSTS: self.posts,
            MEETINGS: self.meetings or (),
        }

    def _label(self, name: str, by: str) -> Callable[[int | Record], str]:
        if name in self.signed:
            return lambda town: str(self.signed[name][town].since.year)  # type: ignore[index]
        if by == TERRITORY:
            return lambda record: record.region  # type: ignore[union-attr]
        place = TABLES[name].place_of(by)
        longest = _ISO_YEAR if by == YEAR else None
        return lambda record: record.cells[place][:longest] or UNKNOWN  # type: ignore[union-attr]

    def _meetings_of(self, region: str) -> tuple[Record, ...] | None:
        if not region or self.meetings is None:
            return None
        return tuple(meeting for meeting in self.meetings if meeting.region == region)


def _placed(records: tuple[Record, ...], towns: Towns) -> tuple[Record, ...]:
    return tuple(record for record in records if not towns.isdisjoint(record.towns))

"""The register as it stood on a day, in plain values: what every indicator measures. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from .rows import Listed, Record, Rows, Towns
from .tables import BROWNFIELDS, COMMITMENTS, MEETINGS, MISSIONS, PLANS, POSTS


class Signature(NamedTuple):
    """Since when a town belongs to a set of towns, and by which agreement."""

    since: date
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything known on a day, on the towns that live on that day.

    `plans` and `meetings` are None where they have no meaning: the plan exists for the whole
    country only, and meetings gather a région or the whole country, never a smaller territory.
    `late` are the towns whose eighteen months have passed without a framework, `fresh` those whose
    sheet a person vouched for within twelve months, `met` those that came to a meeting; `vacant`
    are the references of the posts known to be held by nobody. `signed` says since when, and by
    which agreement, each town belongs to a set of towns, under the name of that set.
    """

    as_of: date
    active: Towns
    adhesion: Towns
    framework: Towns
    ort: Towns
    security: Towns
    integrated_security: Towns
    population: Mapping[int, int]
    plans: Listed | None
    commitments: Rows
    missions: Rows
    brownfields: Rows
    posts: Listed
    meetings: Listed | None
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
            commitments=self.commitments.within(towns),
            missions=self.missions.within(towns),
            brownfields=self.brownfields.within(towns),
            posts=self.posts.within(towns),
            meetings=self.meetings.of_region(region)
            if region and self.meetings is not None
            else None,
        )

    def towns(self) -> Towns:
        """Every town that something is known of."""
        sets = (self.active, self.adhesion, self.framework, self.security, self.met)
        rows = (self.commitments, self.missions, self.brownfields, self.posts)
        return frozenset().union(*sets, self.integrated_security, *(one.towns for one in rows))

    def parted(self, name: str, *, by: str) -> dict[str, Facts]:
        """The facts of each funder, theme, year or région, where `name` is what is told apart."""
        told = getattr(self, name)
        if told is None:
            return {}
        parts = self._by_year(name) if isinstance(told, frozenset) else told.parted(by=by)
        changes: dict[str, dict[str, Any]] = {label: {name: part} for label, part in parts.items()}
        return {label: replace(self, **change) for label, change in changes.items()}

    def tallied(self) -> Facts:
        """The same, with the rows that are many added up by town."""
        added: dict[str, Any] = {
            name: rows.tallied()
            for name in (COMMITMENTS, MISSIONS, BROWNFIELDS)
            if isinstance(rows := getattr(self, name), Listed)
        }
        return replace(self, **added)

    @property
    def is_listed(self) -> bool:
        """Whether figures open onto their rows."""
        return isinstance(self.commitments, Listed)

    def tables(self) -> dict[str, tuple[Record, ...]]:
        """The listed rows of the register, by the table that shows them."""
        names = (PLANS, COMMITMENTS, MISSIONS, BROWNFIELDS, POSTS, MEETINGS)
        found = {name: getattr(self, name) for name in names}
        return {
            name: rows.records if isinstance(rows, Listed) else () for name, rows in found.items()
        }

    def _by_year(self, name: str) -> dict[str, Towns]:
        years: defaultdict[str, set[int]] = defaultdict(set)
        for town in getattr(self, name):
            years[str(self.signed[name][town].since.year)].add(town)
        return {year: frozenset(towns) for year, towns in years.items()}

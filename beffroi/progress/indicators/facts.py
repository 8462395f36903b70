"""The register as it stood on a day, in plain values: what every indicator measures. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ..rules import RowKey
from .tables import BROWNFIELDS, COMMITMENTS, MEETINGS, MISSIONS, PLANS, POSTS

Towns = frozenset[int]


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
    are the references of the posts known to be held by nobody.
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

    def _meetings_of(self, region: str) -> tuple[Record, ...] | None:
        if not region or self.meetings is None:
            return None
        return tuple(meeting for meeting in self.meetings if meeting.region == region)


def _placed(records: tuple[Record, ...], towns: Towns) -> tuple[Record, ...]:
    return tuple(record for record in records if not towns.isdisjoint(record.towns))

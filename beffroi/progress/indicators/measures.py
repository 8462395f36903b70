"""How each kind of indicator is measured on the facts of a day. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..rules import Number, RowKey, hectares, share
from .facts import Facts
from .rows import Rows, Towns

Behind = Towns | Rows
_NOTHING: Towns = frozenset()


@dataclass(frozen=True, slots=True)
class Measure:
    """A number, and the towns or the rows behind it."""

    value: Number | None
    behind: Behind = _NOTHING
    numerator: Number | None = None
    denominator: Number | None = None

    @property
    def keys(self) -> tuple[RowKey, ...]:
        """The keys of what lies behind: none where rows were added up rather than listed."""
        if isinstance(self.behind, frozenset):
            return tuple(sorted(self.behind))
        return self.behind.keys

    @property
    def count(self) -> int:
        """How many towns or rows lie behind."""
        return len(self.behind) if isinstance(self.behind, frozenset) else self.behind.count


def active_towns(facts: Facts) -> Measure:
    """The towns whose membership is open."""
    return _count(facts.active)


def active_among(covered: Callable[[Facts], Towns]) -> Callable[[Facts], Measure]:
    """Count the active towns that belong to a set of covered towns, over the active towns."""
    return lambda facts: _count(facts.active & covered(facts), over=len(facts.active))


def active_share(covered: Callable[[Facts], Towns]) -> Callable[[Facts], Measure]:
    """The share of the active towns that belong to a set of towns, in percent to one decimal."""

    def measure(facts: Facts) -> Measure:
        found, active = facts.active & covered(facts), len(facts.active)
        return Measure(share(len(found), active, decimals=1), found, len(found), active)

    return measure


def towns_among(covered: Callable[[Facts], Towns]) -> Callable[[Facts], Measure]:
    """Count distinct towns, members of the programme or not."""
    return lambda facts: _count(covered(facts))


def population(facts: Facts) -> Measure:
    """The people of the active towns whose population is known; None where none is."""
    known = facts.active.intersection(facts.population)
    if facts.active and not known:
        return Measure(None)
    return Measure(sum(facts.population[town] for town in known), known)


def planned_amount(facts: Facts) -> Measure:
    """Euros planned by every funder; None where no plan is known, or in a part of the country."""
    if not facts.plans or not facts.plans.count:
        return Measure(None)
    return Measure(facts.plans.total, facts.plans)


def realised_amount(facts: Facts) -> Measure:
    """Euros committed by the day."""
    return Measure(facts.commitments.total, facts.commitments)


def realised_share(facts: Facts) -> Measure:
    """Euros committed over euros planned, whole percent; it may pass 100."""
    realised, planned = facts.commitments.total, planned_amount(facts).value
    value = share(realised, planned, decimals=0)
    behind = _NOTHING if value is None else facts.commitments
    return Measure(value, behind, realised, planned)


def rows_of(rows: Callable[[Facts], Rows]) -> Callable[[Facts], Measure]:
    """Count the rows of one kind."""
    return lambda facts: Measure(rows(facts).count, rows(facts))


def brownfield_towns(facts: Facts) -> Measure:
    """Distinct towns of the laureate projects."""
    return _count(facts.brownfields.towns)


def brownfield_area(facts: Facts) -> Measure:
    """Hectares of the laureate projects."""
    return Measure(hectares(facts.brownfields.total), facts.brownfields)


def vacant_posts(facts: Facts) -> Measure:
    """Open posts known to be held by nobody, over the posts open on the day."""
    vacant = facts.posts.keyed(facts.vacant)
    return Measure(vacant.count, vacant, vacant.count, facts.posts.count)


def unreached_towns(facts: Facts) -> Measure:
    """Active towns with no mission, no money and no meeting, over active towns."""
    left = facts.active - facts.missions.towns - facts.commitments.towns - facts.met
    return _count(left, over=len(facts.active))


def meetings_held(facts: Facts) -> Measure:
    """Meetings held by the day; None in a territory that meetings do not know."""
    if facts.meetings is None:
        return Measure(None)
    return Measure(facts.meetings.count, facts.meetings)


def meeting_attendance(facts: Facts) -> Measure:
    """People counted at the meetings held by the day; None where nobody counted any."""
    if facts.meetings is None:
        return Measure(None)
    counted = facts.meetings.counted
    if facts.meetings.count and not counted.count:
        return Measure(None)
    return Measure(int(counted.total), counted)


def _count(towns: Towns, *, over: int | None = None) -> Measure:
    return Measure(len(towns), towns, None if over is None else len(towns), over)

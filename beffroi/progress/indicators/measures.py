"""How each kind of indicator is measured on the facts of a day. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from ..rules import Number, RowKey, hectares, share
from .facts import Facts, Record, Towns


@dataclass(frozen=True, slots=True)
class Measure:
    """A number and the rows behind it."""

    value: Number | None
    rows: tuple[RowKey, ...] = ()
    numerator: Number | None = None
    denominator: Number | None = None


def active_towns(facts: Facts) -> Measure:
    """The towns whose membership is open."""
    return _count(facts.active)


def active_among(covered: Callable[[Facts], Towns]) -> Callable[[Facts], Measure]:
    """Count the active towns that belong to a set of covered towns."""
    return lambda facts: _count(facts.active & covered(facts))


def towns_among(covered: Callable[[Facts], Towns]) -> Callable[[Facts], Measure]:
    """Count distinct towns, members of the programme or not."""
    return lambda facts: _count(covered(facts))


def adhesion_share(facts: Facts) -> Measure:
    """Active towns covered by an adhesion agreement, over active towns."""
    signed, active = facts.active & facts.adhesion, len(facts.active)
    value = share(len(signed), active, decimals=1)
    return Measure(value, tuple(sorted(signed)), len(signed), active)


def population(facts: Facts) -> Measure:
    """The people of the active towns whose population is known; None where none is."""
    known = [town for town in sorted(facts.active) if town in facts.population]
    if facts.active and not known:
        return Measure(None)
    return Measure(sum(facts.population[town] for town in known), tuple(known))


def planned_amount(facts: Facts) -> Measure:
    """Euros planned by every funder; None where no plan is known, or in a part of the country."""
    if not facts.plans:
        return Measure(None)
    return Measure(_total(facts.plans), _keys(facts.plans))


def realised_amount(facts: Facts) -> Measure:
    """Euros committed by the day."""
    return Measure(_total(facts.commitments), _keys(facts.commitments))


def realised_share(facts: Facts) -> Measure:
    """Euros committed over euros planned, whole percent; it may pass 100."""
    realised, planned = _total(facts.commitments), planned_amount(facts).value
    value = share(realised, planned, decimals=0)
    rows = () if value is None else _keys(facts.commitments)
    return Measure(value, rows, realised, planned)


def expertise_missions(facts: Facts) -> Measure:
    """Missions notified by the day."""
    return Measure(len(facts.missions), _keys(facts.missions))


def brownfield_towns(facts: Facts) -> Measure:
    """Distinct towns of the laureate projects."""
    return _count(frozenset(town for record in facts.brownfields for town in record.towns))


def brownfield_area(facts: Facts) -> Measure:
    """Hectares of the laureate projects."""
    return Measure(hectares(_total(facts.brownfields)), _keys(facts.brownfields))


def manager_posts(facts: Facts) -> Measure:
    """Project-manager posts open on the day."""
    return Measure(len(facts.posts), _keys(facts.posts))


def vacant_posts(facts: Facts) -> Measure:
    """Open posts known to be held by nobody, over the posts open on the day."""
    vacant = tuple(record for record in facts.posts if record.key in facts.vacant)
    return Measure(len(vacant), _keys(vacant), len(vacant), len(facts.posts))


def unreached_towns(facts: Facts) -> Measure:
    """Active towns with no mission, no money and no meeting, over active towns."""
    reached = {
        town for record in (*facts.missions, *facts.commitments) for town in record.towns
    } | facts.met
    left = facts.active - reached
    return Measure(len(left), tuple(sorted(left)), len(left), len(facts.active))


def freshness(facts: Facts) -> Measure:
    """Active towns whose sheet a person vouched for within twelve months, over active towns."""
    fresh, active = facts.active & facts.fresh, len(facts.active)
    value = share(len(fresh), active, decimals=1)
    return Measure(value, tuple(sorted(fresh)), len(fresh), active)


def meetings_held(facts: Facts) -> Measure:
    """Meetings held by the day; None in a territory that meetings do not know."""
    if facts.meetings is None:
        return Measure(None)
    return Measure(len(facts.meetings), _keys(facts.meetings))


def meeting_attendance(facts: Facts) -> Measure:
    """People counted at the meetings held by the day; None where nobody counted any."""
    counted = [record for record in facts.meetings or () if record.quantity is not None]
    if facts.meetings is None or (facts.meetings and not counted):
        return Measure(None)
    return Measure(int(_total(counted)), _keys(counted))


def _count(towns: Towns) -> Measure:
    return Measure(len(towns), tuple(sorted(towns)))


def _total(records: Iterable[Record]) -> Decimal:
    return sum((record.quantity or Decimal(0) for record in records), Decimal(0))


def _keys(records: Iterable[Record]) -> tuple[RowKey, ...]:
    return tuple(record.key for record in records)

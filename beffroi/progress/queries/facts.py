"""The register as it stood on a day, or on many, in plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from beffroi.foundations.territories.models import Population
from beffroi.programme.agreements.models import AgreementKind
from beffroi.programme.agreements.rules import framework_due_on
from beffroi.programme.membership.models import Programme
from beffroi.register.campaigns.queries import first_vouched_on, freshness_of

from ..indicators import Facts, Signature, Towns
from .listed import list_brownfields, list_commitments, list_missions
from .register import ACTIVE, Register, Signed, read_register

FRESH = "fresh"
_MANY = 5000


def read_facts(*, programme: Programme, as_of: date) -> Facts:
    """The register as it stood on a day, each row on the town that lives then, every row listed."""
    register = read_register(programme, (as_of,))
    facts, living = _facts_of(register)[0], register.living[0]
    return replace(
        facts,
        commitments=list_commitments(programme, as_of, living),
        missions=list_missions(programme, as_of, living),
        brownfields=list_brownfields(as_of, living),
    )


def tally_facts(*, programme: Programme, as_of: date, with_labels: bool = False) -> Facts:
    """The same, with the rows that are many added up by town in the database, never read.

    By funder, theme and year as well `with_labels`.
    """
    return _facts_of(read_register(programme, (as_of,), with_labels=with_labels))[0]


def tally_days(*, programme: Programme, days: Sequence[date]) -> list[Facts]:
    """The register on each of some days in order, read once for all of them.

    As many queries whatever the days, but for two on each day since a person first vouched for a
    sheet.
    """
    return _facts_of(read_register(programme, days))


def _facts_of(register: Register) -> list[Facts]:
    known = [register.on(rank) for rank in range(len(register.days))]
    people = _populations(frozenset().union(*(one.signed[ACTIVE] for one in known)))
    first_vouched = first_vouched_on()
    given, advised, laureate = (one.on_each_day(register.living) for one in register.tallies)
    found = []
    for rank, (day, one) in enumerate(zip(register.days, known, strict=True)):
        sets = {name: frozenset(towns) for name, towns in one.signed.items()}
        fresh = _fresh(sets[ACTIVE], day, since=first_vouched)
        found.append(
            Facts(
                as_of=day,
                **sets,
                population=_population_on(day, people, sets[ACTIVE]),
                plans=register.plans,
                commitments=given[rank],
                missions=advised[rank],
                brownfields=laureate[rank],
                posts=one.posts,
                meetings=one.meetings,
                late=_late(one.signed, day),
                fresh=frozenset(fresh),
                met=one.met,
                vacant=one.vacant,
                signed=one.signed | {FRESH: fresh},
            )
        )
    return found


def _late(signed: Signed, on: date) -> Towns:
    """The towns whose eighteen months have passed without a framework."""
    adhered = signed[AgreementKind.ADHESION]
    waiting = adhered.keys() - signed[AgreementKind.FRAMEWORK].keys()
    return frozenset(town for town in waiting if on > framework_due_on(adhered[town].since))


def _fresh(active: Towns, on: date, *, since: date | None) -> dict[int, Signature]:
    """The towns whose sheet is up to date, and the day a person last vouched for it."""
    if since is None or on < since:
        return {}
    states = freshness_of(active, on=on)
    return {
        town: Signature(known.last_on)
        for town, known in states.items()
        if known.is_up_to_date and known.last_on
    }


class _Count(NamedTuple):
    """The inhabitants of a town during a period."""

    since: date | None
    until: date | None
    inhabitants: int

    def holds(self, day: date) -> bool:
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or self.until > day)


def _populations(towns: Towns) -> Mapping[int, list[_Count]]:
    rows: Any = Population.objects.all()
    if len(towns) <= _MANY:
        rows = rows.filter(town_id__in=towns)
    counts: defaultdict[int, list[_Count]] = defaultdict(list)
    columns = ("town_id", "valid_from", "valid_to", "inhabitants")
    for town, *count in rows.values_list(*columns):
        if town in towns:
            counts[town].append(_Count(*count))
    return counts


def _population_on(
    day: date, counts: Mapping[int, list[_Count]], towns: Iterable[int]
) -> dict[int, int]:
    known = ((town, one) for town in towns for one in counts.get(town, ()) if one.holds(day))
    return {town: one.inhabitants for town, one in known}

"""The course of the figures, from the launch of the programme to a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from beffroi.foundations.dates import add_months
from beffroi.foundations.territories.queries import (
    Territory,
    UnknownTerritory,
    find_territory,
    kinds_of_parts,
)
from beffroi.programme.membership.models import Programme

from ..indicators import INDICATORS, Facts, read_all
from ..report import Parts, Series, SeriesPart
from ..rules import Reading
from .facts import tally_days
from .parts import facts_in, parts_measured

MOST_PARTS = 20
COURSES_OF_PARTS = ("adhesion_share", "framework_towns", "realised_amount")
_QUARTER = 3
_NOTHING = {indicator.code: Reading(None) for indicator in INDICATORS}


def quarter_ends(since: date, until: date) -> tuple[date, ...]:
    """The last days of the quarters from one day up to, not including, another, then the latter."""
    return (*_ends(since, until), until)


def _ends(since: date, until: date) -> Iterator[date]:
    first = date(since.year, 1, 1)
    for months in range(_QUARTER, 12 * (until.year - since.year + 1) + 1, _QUARTER):
        end = add_months(first, months) - timedelta(1)
        if since <= end < until:
            yield end


def measure_series(programme: Programme, territory: Territory, *, until: date) -> Series:
    """Every figure of a territory at the end of each quarter since the launch, and on a day.

    Each is measured as the report of its day measures it. Where the territory did not exist yet,
    no figure does.
    """
    days = quarter_ends(programme.launched_on, until)
    facts = [_facts_on(territory, known) for known in tally_days(programme=programme, days=days)]
    readings = [_NOTHING if known is None else read_all(known) for known in facts]
    return Series(days, _courses(readings, _NOTHING), _courses_of_parts(territory, facts))


def _facts_on(territory: Territory, facts: Facts) -> Facts | None:
    try:
        place = find_territory(str(territory), on=facts.as_of)
    except UnknownTerritory:
        return None
    return facts_in(place, facts)


def _courses_of_parts(
    territory: Territory, facts: Sequence[Facts | None]
) -> tuple[SeriesPart, ...]:
    """The courses of the parts of the first kind that the last day has, where they are few."""
    kinds, last = kinds_of_parts(territory), facts[-1]
    if not kinds or last is None:
        return ()
    told = [parts_measured(known, territory, kind=kinds[0]) if known else None for known in facts]
    places = told[-1].places if told[-1] else ()
    if len(places) > MOST_PARTS:
        return ()
    return tuple(
        SeriesPart(
            kinds[0],
            place.code,
            place.name,
            _courses([_readings_of(place.code, parts) for parts in told], COURSES_OF_PARTS),
        )
        for place in places
    )


def _readings_of(code: str, parts: Parts | None) -> Mapping[str, Reading]:
    places = parts.places if parts else ()
    return next((place.readings for place in places if place.code == code), _NOTHING)


def _courses(
    readings: Sequence[Mapping[str, Reading]], codes: Sequence[str] | Mapping[str, Reading]
) -> dict[str, tuple[Reading, ...]]:
    return {code: tuple(one[code] for one in readings) for code in codes}

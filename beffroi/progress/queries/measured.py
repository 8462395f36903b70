"""The figures of a day, measured on the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from beffroi.foundations.territories.queries import (
    Territory,
    find_territory,
    town_ids_in,
)
from beffroi.programme.membership.models import Programme
from beffroi.programme.membership.queries import (
    followed_programme,
)

from ..indicators import Facts, measure_all
from ..report import Report
from ..rules import Figure
from .facts import read_facts


class NoProgramme(LookupError):
    """The register holds no programme yet."""


class BeforeLaunch(ValueError):
    """The programme did not exist on that day."""

    def __init__(self, as_of: date, launched_on: date) -> None:
        self.as_of = as_of
        self.launched_on = launched_on
        super().__init__(f"{as_of} < {launched_on}")


@dataclass(frozen=True, slots=True)
class Progress:
    """The figures of a day in a territory, with the facts they were measured on."""

    programme: Programme
    as_of: date
    territory: Territory
    figures: tuple[Figure, ...]
    facts: Facts


def get_programme() -> Programme:
    """The programme that the register follows. Raises NoProgramme."""
    try:
        return followed_programme()
    except Programme.DoesNotExist:
        raise NoProgramme from None


def measure_progress(
    *,
    as_of: date,
    territory: str | None = None,
    programme: Programme | None = None,
    facts: Facts | None = None,
) -> Progress:
    """Measure every indicator as of a day, in `dep:22`, `reg:53`, `epci:…` or the whole country.

    Of the followed programme, unless another is given; on `facts`, its own of that day in the whole
    country, where they are already read. Raises NoProgramme, BeforeLaunch, or
    UnknownTerritory of the territories.
    """
    programme = programme or get_programme()
    if as_of < programme.launched_on:
        raise BeforeLaunch(as_of, programme.launched_on)
    place = find_territory(territory, on=as_of)
    towns = town_ids_in(place, on=as_of)
    facts = facts or read_facts(programme=programme, as_of=as_of)
    if towns is not None:
        facts = facts.within(towns, region=place.code if place.kind == "reg" else "")
    return Progress(programme, as_of, place, measure_all(facts), facts)


def measured_report(progress: Progress) -> Report:
    """What a report says of the figures of a day."""
    return Report(
        programme=progress.programme.name,
        as_of=progress.as_of,
        territory=str(progress.territory),
        territory_name=progress.territory.name,
        figures=progress.figures,
        row_counts={figure.code: len(figure.rows) for figure in progress.figures},
    )

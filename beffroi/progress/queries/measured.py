"""The figures of a day, measured on the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from beffroi.foundations.territories.queries import (
    Territory,
    find_territory,
    kinds_of_parts,
)
from beffroi.programme.membership.models import Programme
from beffroi.programme.membership.queries import (
    followed_programme,
)

from ..indicators import Facts, count_rows, measure_all, read_all
from ..report import Parts, Report
from ..rules import Figure
from .facts import read_facts, tally_facts
from .inputs import fingerprint_inputs
from .parts import break_down, facts_in, parts_measured
from .series import measure_series


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
    """The figures of a day in a territory, with the facts they were measured on, and those of the
    whole country."""

    programme: Programme
    as_of: date
    territory: Territory
    figures: tuple[Figure, ...]
    facts: Facts
    country: Facts


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
    with_rows: bool = True,
) -> Progress:
    """Measure every indicator as of a day, in `dep:22`, `reg:53`, `epci:…` or the whole country.

    Of the followed programme, unless another is given; on `facts`, its own of that day in the whole
    country, where they are already read. Figures open onto their rows, unless `with_rows` says
    that numbers are enough: the rows are then added up where they are, several times faster.
    Raises NoProgramme, BeforeLaunch, or UnknownTerritory of the territories.
    """
    programme = programme or get_programme()
    _refuse_before_launch(programme, as_of)
    place = find_territory(territory, on=as_of)
    if facts is None:
        read = read_facts if with_rows else _numbers_alone
        facts = read(programme=programme, as_of=as_of)
    country = facts
    facts = facts_in(place, country)
    return Progress(programme, as_of, place, measure_all(facts), facts, country)


def measure_parts(*, kind: str, as_of: date, programme: Programme | None = None) -> Parts:
    """Every figure in every région (`reg`) or département (`dep`) of the country, in one pass.

    Raises NoProgramme or BeforeLaunch.
    """
    programme = programme or get_programme()
    _refuse_before_launch(programme, as_of)
    facts = tally_facts(programme=programme, as_of=as_of)
    return parts_measured(facts, find_territory(None, on=as_of), kind=kind)


def measure_departments(as_of: date) -> Parts:
    """Every figure in every département on a day: one place each, in the order of codes."""
    return measure_parts(kind="dep", as_of=as_of)


def _refuse_before_launch(programme: Programme, as_of: date) -> None:
    if as_of < programme.launched_on:
        raise BeforeLaunch(as_of, programme.launched_on)


def _numbers_alone(*, programme: Programme, as_of: date) -> Facts:
    return tally_facts(programme=programme, as_of=as_of, with_labels=True)


def measured_report(progress: Progress) -> Report:
    """What a report says of the figures of a day, all that it takes to compare them included.

    Figures measured without their rows have no fingerprint of inputs.
    """
    place = progress.territory
    is_national, tallied = place.kind == "national", progress.facts.tallied()
    return Report(
        programme=progress.programme.name,
        as_of=progress.as_of,
        territory=str(place),
        territory_name=place.name,
        figures=progress.figures,
        row_counts=count_rows(progress.facts),
        inputs=fingerprint_inputs(progress.facts) if progress.facts.is_listed else "",
        breakdowns=break_down(progress.facts),
        parts=tuple(parts_measured(tallied, place, kind=kind) for kind in kinds_of_parts(place)),
        series=measure_series(progress.programme, place, until=progress.as_of),
        country={} if is_national else read_all(progress.country),
    )

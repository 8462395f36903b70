"""What a report says, whatever its form: page, PDF, files, API. Pure.

A report is read from frozen content, or from content measured for the occasion: the two have the
same shape, and only a frozen one has a reference.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from .rules import Figure, Reading


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a breakdown: a funder, a theme, a year, and what was measured there."""

    label: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One figure told apart by `kind` (funder, theme, year or territory), under a French title."""

    kind: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the territory, with the reading of every figure there, by code of indicator."""

    code: str
    name: str
    readings: Mapping[str, Reading]


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the territory of one kind (reg, dep, epci or com), in the order of codes."""

    kind: str
    title: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class SeriesPart:
    """The course of some figures in one part of the territory, one reading a day of the series."""

    kind: str
    code: str
    name: str
    readings: Mapping[str, tuple[Reading, ...]]


@dataclass(frozen=True, slots=True)
class Series:
    """The course of the figures: `readings[code][n]` was measured as of `days[n]`.

    The days are ends of quarters since the launch, and the report's own day, which is the last.
    """

    days: tuple[date, ...]
    readings: Mapping[str, tuple[Reading, ...]]
    parts: tuple[SeriesPart, ...] = ()


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner of the programme; `logo` is the fingerprint of a frozen picture, or empty."""

    name: str
    logo: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Every figure of a day in a territory, with all that it takes to read, compare and open them.

    `reference`, `frozen_at` and `fingerprint` are empty where the figures are not frozen. `country`
    holds the readings of the whole country, and is empty for the country itself. `inputs` is the
    SHA-256 of the register's lines that were measured. `row_counts` says how many rows each figure
    opens onto.
    """

    programme: str
    as_of: date
    territory: str
    territory_name: str
    figures: tuple[Figure, ...]
    row_counts: Mapping[str, int]
    reference: str = ""
    revision: int = 1
    reason: str = ""
    frozen_at: datetime | None = None
    fingerprint: str = ""
    inputs: str = ""
    foreword: str = ""
    breakdowns: Mapping[str, tuple[Breakdown, ...]] = field(default_factory=dict)
    parts: tuple[Parts, ...] = ()
    series: Series | None = None
    country: Mapping[str, Reading] = field(default_factory=dict)
    partners: tuple[Partner, ...] = ()

    def figure(self, code: str) -> Figure:
        """The figure of that code; raise UnknownFigure where the report has none."""
        for figure in self.figures:
            if figure.code == code:
                return figure
        raise UnknownFigure(code)


class UnknownFigure(LookupError):
    """This report holds no figure of that code."""

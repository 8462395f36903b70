"""The words around the figures of a report, the same in all its forms. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from beffroi.foundations.dates import format_date

from .report import Report
from .rules import (
    EUROS,
    Figure,
    Number,
    Reading,
    format_figure,
    format_fraction,
    format_quantity,
)

COUNTRY = "France entière"
LICENCE = "Licence Ouverte 2.0 (Etalab)"
_LEADING = (
    "adhesion_share",
    "framework_towns",
    "realised_share",
    "realised_amount",
    "expertise_missions",
    "manager_posts",
    "active_towns",
    "brownfield_towns",
)
LED = 6
_PLURAL = 2
_SINGULAR = {
    "communes": "commune",
    "actives": "active",
    "couvertes": "couverte",
    "postes": "poste",
    "vacants": "vacant",
    "ouverts": "ouvert",
    "engagés": "engagé",
    "payés": "payé",
    "prévus": "prévu",
}
_PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class WrittenFigure:
    """A figure and its texts.

    `words` says the fraction with what each number counts, `country` what the whole country reads
    (empty in the report of the country itself, and where there is nothing to compare).
    """

    figure: Figure
    value: str
    fraction: str
    words: str
    country: str
    version: str


@dataclass(frozen=True, slots=True)
class Section:
    """The figures of one heading, in reading order."""

    heading: str
    figures: tuple[WrittenFigure, ...]


def write_sections(report: Report) -> tuple[Section, ...]:
    """Every figure of a report with its texts, heading by heading."""
    return tuple(
        Section(heading, tuple(write_figure(report, figure) for figure in figures))
        for heading, figures in groupby(report.figures, key=lambda figure: figure.heading)
    )


def write_figure(report: Report, figure: Figure) -> WrittenFigure:
    """One figure of a report, with its texts."""
    return WrittenFigure(
        figure,
        value=format_figure(figure),
        fraction=format_fraction(figure),
        words=write_words(figure),
        country=write_country(figure, report.country.get(figure.code)),
        version=write_version(figure),
    )


def leading_figures(report: Report) -> tuple[WrittenFigure, ...]:
    """The figures that a report opens with: at most six, those that have a value here."""
    by_code = {figure.code: figure for figure in report.figures if figure.value is not None}
    found = [by_code[code] for code in _LEADING if code in by_code][:LED]
    return tuple(write_figure(report, figure) for figure in found)


def write_words(figure: Figure) -> str:
    """`1 601 communes qui ont signé, sur 1 607 communes actives`; else the bare fraction.

    What both numbers count is said once: `7 communes actives sans mission, sur 12`.
    """
    if figure.numerator is None or figure.denominator is None or not figure.over:
        return format_fraction(figure)
    numerator, denominator = map(_number, (figure.numerator, figure.denominator))
    above = f"{numerator}\u00a0{_agreed(figure.counts, figure.numerator)}"
    if figure.counts.startswith(f"{figure.over} "):
        return f"{above}, sur\u00a0{denominator}"
    return f"{above}, sur {denominator}\u00a0{_agreed(figure.over, figure.denominator)}"


def write_reading(reading: Reading, unit: str) -> str:
    """`99,6 % (1 601 sur 1 607)`, `26 sur 1 607` for a count, `2 310`, or `–`."""
    value = format_quantity(reading.value, unit)
    if reading.value is None or reading.numerator is None or reading.denominator is None:
        return value
    if reading.value == reading.numerator:
        return f"{value} sur {_number(reading.denominator)}"
    return f"{value} ({_number(reading.numerator)} sur {_number(reading.denominator)})"


def write_country(figure: Figure, country: Reading | None) -> str:
    """`France entière : 99,6 % (1 601 sur 1 607)`, or nothing where the country has no value."""
    if country is None or country.value is None:
        return ""
    return f"{COUNTRY}\u00a0: {write_reading(country, figure.unit)}"


def write_version(figure: Figure) -> str:
    """Which definition was in force, and since when."""
    since = format_date(figure.since)
    return f"Définition n°\u00a0{figure.version}, en vigueur depuis le {since}."


def write_instant(instant: datetime) -> str:
    """`26 septembre 2022 à 11 h 00`, in Paris."""
    there = instant.astimezone(_PARIS)
    return f"{format_date(there.date())} à {there.hour}\u00a0h\u00a0{there:%M}"


def _agreed(words: str, number: Number) -> str:
    """`commune active couverte par une convention` beside 0 and 1: French makes both singular."""
    if number >= _PLURAL:
        return words
    return " ".join(_SINGULAR.get(word, word) for word in words.split(" "))


def _number(number: Number) -> str:
    """An amount where it is exact to the cent, else a count."""
    return format_quantity(number, "" if isinstance(number, int) else EUROS)

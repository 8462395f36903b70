"""Figures told apart: by part of a territory, by funder, theme and year."""

from __future__ import annotations

from datetime import date

from beffroi.foundations.folding import fold
from beffroi.foundations.territories.models import RegionPeriod
from beffroi.foundations.territories.queries import (
    Territory,
    parts_of,
    town_ids_in,
)

from ..indicators import INDICATORS, Facts, Indicator, read_all
from ..indicators.tables import BY_FUNDER, TERRITORY, THEME, YEAR
from ..report import Breakdown, Line, Parts, Place

COUNTRY_WIDE = "Rencontres nationales"
_PARTS = {
    "reg": "Par région",
    "dep": "Par département",
    "epci": "Par intercommunalité",
    "com": "Par commune",
}
_TITLES = {
    BY_FUNDER: "Par financeur",
    THEME: "Par thème",
    YEAR: "Par année",
    TERRITORY: "Par région",
}


def facts_in(territory: Territory, facts: Facts) -> Facts:
    """The facts of a territory, from those of the whole country on the same day."""
    towns = town_ids_in(territory, on=facts.as_of)
    if towns is None:
        return facts
    return facts.within(towns, region=territory.code if territory.kind == "reg" else "")


def parts_measured(facts: Facts, territory: Territory, *, kind: str) -> Parts:
    """Every figure in every part of a territory, from the facts of the territory or wider ones."""
    parts = parts_of(territory, kind, on=facts.as_of, among=facts.towns())
    places = tuple(
        Place(
            part.code,
            part.name,
            read_all(facts.within(part.towns, region=part.code if kind == "reg" else "")),
        )
        for part in parts
    )
    return Parts(kind, _PARTS[kind], places)


def break_down(facts: Facts) -> dict[str, tuple[Breakdown, ...]]:
    """The breakdowns of every figure that declares some, and has something to tell apart."""
    names = _region_names(facts.as_of)
    broken = {
        indicator.code: tuple(
            Breakdown(kind, _TITLES[kind], lines)
            for kind in indicator.breakdowns
            if (lines := _lines(indicator, facts, kind, names))
        )
        for indicator in INDICATORS
    }
    return {code: breakdowns for code, breakdowns in broken.items() if breakdowns}


def _lines(
    indicator: Indicator, facts: Facts, kind: str, names: dict[str, str]
) -> tuple[Line, ...]:
    told = indicator.broken_down(facts, by=kind)
    if kind != TERRITORY:
        return tuple(Line(label, reading) for label, reading in told)
    named = ((names.get(code, code) or COUNTRY_WIDE, reading) for code, reading in told)
    return tuple(Line(*one) for one in sorted(named, key=lambda pair: fold(pair[0])))


def _region_names(on: date) -> dict[str, str]:
    rows = RegionPeriod.objects.as_of(on).values_list("region__code", "name")
    return dict(rows)

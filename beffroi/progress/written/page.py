"""A report as a page tells it: cards, courses, tables of its parts. Pure but for addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from beffroi.foundations.dates import format_date
from beffroi.foundations.money import format_number

from ..addresses import Addresses
from ..indicators.tables import (
    BROWNFIELDS,
    COMMITMENTS,
    MEETINGS,
    MISSIONS,
    OF_TOWNS,
    PLANS,
    POSTS,
)
from ..presentation import WrittenFigure, leading_figures, write_figure
from ..rates import Rate, rate_of
from ..report import Breakdown, Parts, Place, Report, Series
from ..rules import EUROS, PERCENT, Figure, Reading, format_quantity
from .pictures import BREAKDOWN, COURSE, MAP, PARTS, Picture, show

_ROWS = {
    **dict.fromkeys(OF_TOWNS, ("la commune", "communes")),
    PLANS: ("l’engagement prévisionnel", "engagements prévisionnels"),
    COMMITMENTS: ("la décision d’engagement", "décisions d’engagement"),
    MISSIONS: ("la mission d’expertise", "missions d’expertise"),
    BROWNFIELDS: ("le projet lauréat", "projets lauréats"),
    POSTS: ("le poste de chef de projet", "postes de chef de projet"),
    MEETINGS: ("la rencontre", "rencontres"),
}
_MAIN = ("active_towns", "adhesion_share", "framework_towns", "realised_amount",
         "expertise_missions")  # fmt: skip
_MAPPED = ("framework_towns", "adhesion_share", "active_towns")
KIND_NAMES = {
    "reg": "Région",
    "dep": "Département",
    "epci": "Intercommunalité",
    "com": "Commune",
}
HEADERS = {"funder": "Financeur", "theme": "Thème", "year": "Année"}
_COURSES = ("active_towns", "adhesion_share", "framework_towns", "ort_towns", "realised_amount",
            "expertise_missions")  # fmt: skip
_SHORT = {
    "active_towns": "Communes actives",
    "adhesion_share": "Adhésions signées",
    "framework_towns": "Conventions-cadres",
    "realised_amount": "Montant engagé",
    "expertise_missions": "Missions d’expertise",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A reading as a table shows it: the value, and the fraction in smaller letters under it."""

    value: str
    detail: str
    exists: bool


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """One line of a table: what it is about, where that opens, and its cells."""

    label: str
    code: str
    address: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """A table with a caption that no other table of the page has; `name` is fit for an identifier,
    `short` is what the caption adds to the heading above it."""

    name: str
    title: str
    header: str
    columns: tuple[str, ...]
    lines: tuple[WrittenLine, ...]
    short: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A table, and the drawing that says the same where there is one."""

    picture: Picture | None
    table: WrittenTable


@dataclass(frozen=True, slots=True)
class Compared:
    """The same rate here and in the whole country."""

    here: str
    country: str
    per: str


@dataclass(frozen=True, slots=True)
class Card:
    """One figure on the page. `bar` is its share in percent up to a hundred, as SVG
    writes numbers, or empty."""

    written: WrittenFigure
    address: str
    rows: str
    over: str
    over_address: str
    compared: Compared | None
    breakdowns: tuple[WrittenTable, ...]
    bar: str

    @property
    def figure(self) -> Figure:
        """What was measured."""
        return self.written.figure


@dataclass(frozen=True, slots=True)
class CardSection:
    """The cards of one heading; `name` is fit for an identifier in the page."""

    name: str
    heading: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything that the page of a report says, in the order it says it."""

    report: Report
    day: str
    leading: tuple[Card, ...]
    sections: tuple[CardSection, ...]
    courses: tuple[Shown, ...]
    map: Shown | None
    small: Shown | None
    parts: tuple[WrittenTable, ...]


def write_page(report: Report, addresses: Addresses | None) -> ReportPage:
    """The page of a report; without addresses, one that leads nowhere else."""
    leading = (one.figure.code for one in leading_figures(report))
    cards = {figure.code: write_card(report, figure, addresses) for figure in report.figures}
    grouped = groupby(report.figures, key=lambda figure: figure.heading)
    return ReportPage(
        report=report,
        day=format_date(report.as_of),
        leading=tuple(cards[code] for code in leading),
        sections=tuple(
            CardSection(f"rubrique-{number}", heading, tuple(cards[one.code] for one in figures))
            for number, (heading, figures) in enumerate(grouped, start=1)
        ),
        courses=tuple(
            course
            for code in _COURSES
            if code in cards and (course := show_course(report, cards[code].figure, addresses))
        ),
        map=_first(report, _MAPPED, lambda one: show_map(report, one, addresses)),
        small=_first(report, _MAPPED, lambda one: show_small(report, one, addresses)),
        parts=tuple(write_parts(report, parts, addresses) for parts in report.parts),
    )


def write_card(report: Report, figure: Figure, addresses: Addresses | None) -> Card:
    """One figure of a report, with its links."""
    opens = _opens_onto(report, figure.over_code)
    return Card(
        written=write_figure(report, figure),
        address=addresses.figure(figure.code) if addresses else "",
        rows=_see_rows(figure, report.row_counts.get(figure.code, 0)),
        over=f"Voir les {format_number(opens)} {figure.over}" if opens > 1 else "",
        over_address=addresses.figure(figure.over_code) if addresses and opens else "",
        compared=_compared(report, figure),
        breakdowns=tuple(
            write_breakdown(figure, breakdown)
            for breakdown in report.breakdowns.get(figure.code, ())
        ),
        bar=_bar(figure.reading, figure.unit),
    )


def show_course(report: Report, figure: Figure, addresses: Addresses | None) -> Shown | None:
    """The course of one figure, drawn and in a table; None where there is none."""
    table = write_course(report, figure)
    picture = show(report, COURSE, figure.code, addresses=addresses)
    return Shown(picture, table) if table else None


def show_map(report: Report, figure: Figure, addresses: Addresses | None) -> Shown | None:
    """One figure in every département, drawn and in a table; None where there is no map of it."""
    picture = show(report, MAP, figure.code, addresses=addresses)
    parts = next((one for one in report.parts if one.kind == "dep"), None)
    if picture is None or parts is None:
        return None
    columns = {_SHORT.get(figure.code, "Valeur"): figure}
    name, title = f"carte-{figure.code}", f"{figure.label} par département"
    table = _parts_table(parts, addresses, columns=columns, name=name)
    return Shown(picture, replace(table, title=title))


def show_small(report: Report, figure: Figure, addresses: Addresses | None) -> Shown | None:
    """The course of one figure in each part of the territory, drawn and in a table."""
    picture = show(report, PARTS, figure.code, addresses=addresses)
    if picture is None or report.series is None:
        return None
    told = [part for part in report.series.parts if figure.code in part.readings]
    lines = (
        WrittenLine(
            format_date(day),
            "",
            "",
            tuple(write_cell(part.readings[figure.code][place], figure.unit) for part in told),
        )
        for place, day in enumerate(report.series.days)
    )
    columns = tuple(part.name for part in told)
    name = f"parcours-{figure.code}-{told[0].kind}"
    return Shown(picture, WrittenTable(name, picture.title, "Au", columns, tuple(lines)))


def show_breakdowns(
    report: Report, figure: Figure, addresses: Addresses | None
) -> tuple[Shown, ...]:
    """One figure told apart in each way, drawn and in tables."""
    return tuple(
        Shown(
            show(report, BREAKDOWN, figure.code, kind=one.kind, addresses=addresses),
            write_breakdown(figure, one),
        )
        for one in report.breakdowns.get(figure.code, ())
    )


def write_breakdown(figure: Figure, breakdown: Breakdown) -> WrittenTable:
    """One figure told apart, line by line."""
    header = HEADERS.get(breakdown.kind, "Partie")
    lines = (
        WrittenLine(line.label, "", "", (write_cell(line.reading, figure.unit),))
        for line in breakdown.lines
    )
    name = f"{figure.code}-{breakdown.kind}"
    short = breakdown.title
    title = f"{figure.label}, {short[:1].lower()}{short[1:]}"
    return WrittenTable(name, title, header, (_heading(figure.unit),), tuple(lines), short)


def write_course(report: Report, figure: Figure) -> WrittenTable | None:
    """The course of one figure since the launch, oldest day first; None where there is none."""
    series: Series | None = report.series
    if series is None or figure.code not in series.readings:
        return None
    lines = (
        WrittenLine(format_date(day), "", "", (write_cell(reading, figure.unit),))
        for day, reading in zip(series.days, series.readings[figure.code], strict=True)
    )
    name = f"parcours-{figure.code}"
    title = f"{figure.label}, trimestre par trimestre"
    return WrittenTable(name, title, "Au", ("Valeur",), tuple(lines), figure.label)


def write_parts(report: Report, parts: Parts, addresses: Addresses | None) -> WrittenTable:
    """The main figures of every part of the territory, in the order of official codes."""
    shown = [figure for figure in report.figures if figure.code in _MAIN]
    shown = [one for one in shown if any(one.code in place.readings for place in parts.places)]
    return _parts_table(
        parts,
        addresses,
        columns={_SHORT[figure.code]: figure for figure in shown},
        name=f"territoires-{parts.kind}",
    )


def write_figure_parts(
    report: Report, figure: Figure, addresses: Addresses | None
) -> tuple[WrittenTable, ...]:
    """One figure in every part of the territory, one table a kind of part."""
    return tuple(
        _parts_table(
            parts, addresses, columns={"Valeur": figure}, name=f"{figure.code}-{parts.kind}"
        )
        for parts in report.parts
        if any(figure.code in place.readings for place in parts.places)
    )


def write_cell(reading: Reading | None, unit: str) -> Cell:
    """A reading of a table; a dash where nothing was measured."""
    if reading is None or reading.value is None:
        return Cell(format_quantity(None, unit), "", exists=False)
    detail = ""
    if reading.numerator is not None and reading.denominator is not None:
        over = format_quantity(reading.denominator, _unit_of(reading.denominator))
        above = format_quantity(reading.numerator, _unit_of(reading.numerator))
        detail = f"sur {over}" if reading.value == reading.numerator else f"{above} sur {over}"
    return Cell(format_quantity(reading.value, unit), detail, exists=True)


def _first(
    report: Report, codes: Iterable[str], shown: Callable[[Figure], Shown | None]
) -> Shown | None:
    """What is shown of the first of these figures of which something is."""
    by_code = {figure.code: figure for figure in report.figures}
    found = (shown(by_code[code]) for code in codes if code in by_code)
    return next((one for one in found if one), None)


def _parts_table(
    parts: Parts, addresses: Addresses | None, *, columns: Mapping[str, Figure], name: str
) -> WrittenTable:
    lines = (
        WrittenLine(
            label=place.name,
            code=place.code,
            address=addresses.part(f"{parts.kind}:{place.code}") if addresses else "",
            cells=tuple(_cells(place, columns.values())),
        )
        for place in parts.places
    )
    header = KIND_NAMES.get(parts.kind, "Territoire")
    return WrittenTable(name, parts.title, header, tuple(columns), tuple(lines))


def _cells(place: Place, figures: Iterable[Figure]) -> Iterable[Cell]:
    for figure in figures:
        yield write_cell(place.readings.get(figure.code), figure.unit)


def _compared(report: Report, figure: Figure) -> Compared | None:
    here = rate_of(figure, {one.code: one.reading for one in report.figures})
    country = rate_of(figure, report.country)
    if here is None or country is None:
        return None
    return Compared(here.text, country.text, _per(here))


def _per(rate: Rate) -> str:
    if rate.unit != PERCENT or not rate.per:
        return rate.per
    return f"des {rate.per}"


def _see_rows(figure: Figure, count: int) -> str:
    one, many = _ROWS.get(figure.table, ("la ligne du registre", "lignes du registre"))
    if not count:
        return ""
    return f"Voir {one}" if count == 1 else f"Voir les {format_number(count)} {many}"


def _opens_onto(report: Report, code: str) -> int:
    return report.row_counts.get(code, 0) if code else 0


def _bar(reading: Reading, unit: str) -> str:
    if not reading.numerator or not reading.denominator or reading.value is None:
        return ""
    if unit not in {PERCENT, "communes"}:
        return ""
    return f"{min(100.0, float(reading.numerator / reading.denominator) * 100):.1f}"


def _heading(unit: str) -> str:
    """The unit at the head of a column."""
    return {PERCENT: "Part", EUROS: "Montant"}.get(unit, unit.capitalize())


def _unit_of(number: object) -> str:
    return "" if isinstance(number, int) else "€"

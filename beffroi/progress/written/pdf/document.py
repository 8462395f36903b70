"""A report as a document of plain values: every text that the PDF shows, in reading order. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from beffroi.foundations.dates import format_date, format_short_date

from ...drawings import WIDE, available, draw
from ...drawings.drawing import FONTS
from ...drawings.subjects import COURSE, MAP
from ...presentation import (
    COUNTRY,
    LICENCE,
    Section,
    WrittenFigure,
    leading_figures,
    write_instant,
    write_reading,
    write_sections,
)
from ...report import Breakdown, Parts, Report, Series
from ...rules import NO_VALUE, Figure, Reading, format_quantity
from ..page import write_card

_EDGES = 6
_MAPPED = frozenset({"framework_towns", "realised_amount"})
_KINDS = {
    "funder": "Financeur",
    "theme": "Thème",
    "year": "Année",
    "reg": "Région",
    "dep": "Département",
    "epci": "Intercommunalité",
    "com": "Commune",
}
_SHORT = {
    "active_towns": "Communes actives",
    "adhesion_share": "Adhésions signées",
    "framework_towns": "Conventions-cadres",
    "ort_towns": "En ORT",
    "realised_amount": "Montant engagé",
    "expertise_missions": "Missions",
    "manager_posts": "Postes",
}


def document_of(report: Report, *, logos: Mapping[str, bytes], address: str) -> dict[str, Any]:
    """What the layout reads: texts, tables of texts, and pictures with their alternative."""
    dated = f"au {format_date(report.as_of)}"
    return {
        "title": f"Point d’avancement {dated}, {report.territory_name}",
        "description": f"Les chiffres du programme {report.programme} {dated}, avec leurs "
        "définitions.",
        "programme": report.programme,
        "day": format_date(report.as_of),
        "territory": report.territory_name,
        "reference": report.reference or "chiffres non figés",
        "revised": _revised(report),
        "foreword": [text.strip() for text in report.foreword.split("\n\n") if text.strip()],
        "leading": [_leading(written) for written in leading_figures(report)],
        "sections": [_section(report, section) for section in write_sections(report)],
        "comparison": _comparison(report),
        "parts": [_parts(report, parts) for parts in report.parts],
        "series": _course_of_parts(report),
        "partners": [
            {"name": partner.name, "logo": list(logos.get(partner.logo, b""))}
            for partner in report.partners
        ],
        "colophon": list(_colophon(report, address)),
        "address": address,
    }


def _revised(report: Report) -> str:
    return f"Révision {report.revision}. Motif\u00a0: {report.reason}" if report.reason else ""


def _leading(written: WrittenFigure) -> dict[str, str]:
    return {
        "label": written.figure.label,
        "value": written.value,
        "fraction": written.fraction,
    }


def _section(report: Report, section: Section) -> dict[str, Any]:
    return {
        "title": section.heading,
        "figures": [_figure(report, written) for written in section.figures],
        "course": _course(report, [written.figure for written in section.figures]),
    }


def _figure(report: Report, written: WrittenFigure) -> dict[str, Any]:
    figure = written.figure
    return {
        "label": figure.label,
        "value": written.value,
        "words": written.words,
        "country": written.country,
        "compared": _compared(report, figure),
        "drawings": list(_drawings(report, figure)),
        "definition": figure.definition,
        "exclusions": list(figure.exclusions),
        "version": written.version,
        "breakdowns": [
            _breakdown(figure, breakdown) for breakdown in report.breakdowns.get(figure.code, ())
        ],
    }


def _compared(report: Report, figure: Figure) -> str:
    """The same rate here and in the whole country, in the words of the page."""
    compared = write_card(report, figure, None).compared
    if compared is None:
        return ""
    per = f" {compared.per}" if compared.per else ""
    return f"{report.territory_name} {compared.here}, France {compared.country}{per}"


def _drawings(report: Report, figure: Figure) -> Iterator[dict[str, str]]:
    """The course and the map of a main figure, each with the words that stand for it."""
    if figure.code not in _SHORT:
        return
    for subject in available(report):
        is_map = subject.shape == MAP and figure.code in _MAPPED
        if subject.code == figure.code and (subject.shape == COURSE or is_map):
            drawing = draw(report, subject.name, width=WIDE)
            yield {
                "svg": drawing.svg.replace(FONTS, "Libertinus Serif"),
                "alternative": drawing.alternative,
                "title": drawing.title,
            }


def _breakdown(figure: Figure, breakdown: Breakdown) -> dict[str, Any]:
    lines = [[line.label, write_reading(line.reading, figure.unit)] for line in breakdown.lines]
    headings = [_KINDS.get(breakdown.kind, "Part"), _short(figure)]
    return {"title": breakdown.title, "headings": headings, "lines": lines}


def _course(report: Report, figures: Sequence[Figure]) -> dict[str, Any] | None:
    """The course of the figures of a heading, one line a day; None where nothing is known."""
    series = report.series
    followed = [figure for figure in figures if series and figure.code in series.readings]
    if series is None or not followed:
        return None
    lines = [
        [
            format_short_date(day),
            *(_quantity(series.readings[figure.code][index], figure) for figure in followed),
        ]
        for index, day in enumerate(series.days)
    ]
    return {"headings": ["Au", *(_short(figure) for figure in followed)], "lines": lines}


def _comparison(report: Report) -> dict[str, Any] | None:
    """Every figure beside the country's; None in the report of the country."""
    if not report.country:
        return None
    lines = [
        [figure.label, write_reading(figure.reading, figure.unit), _in_country(report, figure)]
        for figure in report.figures
    ]
    return {"headings": ["Chiffre", report.territory_name, COUNTRY], "lines": lines}


def _in_country(report: Report, figure: Figure) -> str:
    reading = report.country.get(figure.code)
    return write_reading(reading, figure.unit) if reading else NO_VALUE


def _parts(report: Report, parts: Parts) -> dict[str, Any]:
    """The parts of a territory, one line each, with the main figures."""
    measured = {code for place in parts.places for code in place.readings}
    shown = [figure for figure in report.figures if figure.code in _SHORT.keys() & measured]
    lines = [
        [
            f"{place.name} ({place.code})" if parts.kind != "epci" else place.name,
            *(
                _quantity(place.readings.get(figure.code, Reading(None)), figure)
                for figure in shown
            ),
        ]
        for place in parts.places
    ]
    return {
        "title": parts.title,
        "headings": [_KINDS.get(parts.kind, "Territoire"), *(_short(figure) for figure in shown)],
        "lines": lines,
    }


def _course_of_parts(report: Report) -> list[dict[str, Any]]:
    """For each figure followed in the parts: one line a part, some days across."""
    series = report.series
    if series is None or not series.parts:
        return []
    kept = _kept_days(series)
    codes = series.parts[0].readings
    return [
        _small_multiples(series, report.figure(code), kept)
        for code in codes
        if any(figure.code == code for figure in report.figures)
    ]


def _small_multiples(series: Series, figure: Figure, kept: Sequence[int]) -> dict[str, Any]:
    lines = [
        [part.name, *(_quantity(part.readings[figure.code][index], figure) for index in kept)]
        for part in series.parts
    ]
    days = [format_short_date(series.days[index]) for index in kept]
    kind = _KINDS.get(series.parts[0].kind, "Territoire")
    return {"title": figure.label, "headings": [kind, *days], "lines": lines}


def _kept_days(series: Series) -> list[int]:
    """The last day of each year, and the last day: at most seven, the newest."""
    ends = [index for index, day in enumerate(series.days[:-1]) if _ends_year(day)]
    return [*ends[-_EDGES:], len(series.days) - 1]


def _ends_year(day: date) -> bool:
    return (day.month, day.day) == (12, 31)


def _quantity(reading: Reading, figure: Figure) -> str:
    return format_quantity(reading.value, figure.unit)


def _short(figure: Figure) -> str:
    return _SHORT.get(figure.code, figure.label)


def _colophon(report: Report, address: str) -> Iterator[tuple[str, str]]:
    if report.reference:
        yield "Référence", report.reference
    yield "Date des chiffres", format_date(report.as_of)
    if report.frozen_at:
        yield "Figé le", write_instant(report.frozen_at)
    if report.revision > 1:
        yield "Révision", f"{report.revision}\u00a0: {report.reason}"
    if report.fingerprint:
        yield "Empreinte du contenu (SHA-256)", report.fingerprint
    if report.inputs:
        yield "Empreinte des lignes mesurées (SHA-256)", report.inputs
    yield "Licence", LICENCE
    yield "Adresse", address

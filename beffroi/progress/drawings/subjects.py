"""Which drawings a report has, and each of them by its name. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ..indicators import Indicator
from ..indicators.tables import BY_FUNDER, TERRITORY, THEME, YEAR
from ..report import Report
from ..rules import Reading
from .charts import draw_breakdown, draw_course, draw_small_multiples, small_parts
from .drawing import Drawing, NothingToDraw
from .map import draw_map, mapped_places

WIDE, PHONE = 720, 340
WIDTHS = (WIDE, PHONE)
"""Pixels: the only widths that are drawn."""
_LEAST_DAYS = 2

COURSE, PARTS, MAP, BREAKDOWN = "evolution", "parties", "carte", "repartition"
_SHAPES = {
    COURSE: "Évolution",
    MAP: "Carte des départements",
    PARTS: "Évolution dans chaque région ou département",
}
_TOLD_APART = {
    BY_FUNDER: "par financeur",
    THEME: "par thème",
    YEAR: "par année",
    TERRITORY: "par région",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """A drawing that a report can have: its shape, its figure, and what a breakdown tells apart."""

    shape: str
    code: str
    kind: str = ""

    @property
    def name(self) -> str:
        """`evolution-framework_towns`, `repartition-realised_amount-funder`."""
        return "-".join(filter(None, (self.shape, self.code, self.kind)))


_DRAW: dict[str, Callable[[Report, Subject, int], Drawing]] = {
    COURSE: lambda report, one, width: draw_course(report, one.code, width=width),
    PARTS: lambda report, one, width: draw_small_multiples(report, one.code, width=width),
    MAP: lambda report, one, width: draw_map(report, one.code, width=width),
    BREAKDOWN: lambda report, one, width: draw_breakdown(report, one.code, one.kind, width=width),
}


def available(report: Report) -> tuple[Subject, ...]:
    """Every drawing that the report can have, figure by figure in the order of reading.

    A report without courses, parts or breakdowns has none.
    """
    return tuple(one for figure in report.figures for one in _of_figure(report, figure.code))


def choices(indicators: Iterable[Indicator]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The names of every drawing that some report could have, by shape, with their French words."""
    listed = list(indicators)
    groups = [
        (words, [(Subject(shape, one.code).name, one.label) for one in listed])
        for shape, words in _SHAPES.items()
    ]
    told = [
        (Subject(BREAKDOWN, one.code, kind).name, f"{one.label}, {_TOLD_APART[kind]}")
        for one in listed
        for kind in one.breakdowns
    ]
    return [*groups, ("Répartition", told)]


def draw(report: Report, name: str, *, width: int) -> Drawing:
    """The drawing of that name. Raises NothingToDraw for a name or a width not on the lists."""
    subject = next((one for one in available(report) if one.name == name), None)
    if subject is None or width not in WIDTHS:
        raise NothingToDraw(name)
    return _DRAW[subject.shape](report, subject, width)


def _of_figure(report: Report, code: str) -> list[Subject]:
    found = []
    if _days(report, code) >= _LEAST_DAYS:
        found.append(Subject(COURSE, code))
    if small_parts(report, code) and report.series and len(report.series.days) >= _LEAST_DAYS:
        found.append(Subject(PARTS, code))
    if any(_has_value(place.readings, code) for place in mapped_places(report, code)):
        found.append(Subject(MAP, code))
    kinds = (one.kind for one in report.breakdowns.get(code, ()) if one.lines)
    return [*found, *(Subject(BREAKDOWN, code, kind) for kind in kinds)]


def _days(report: Report, code: str) -> int:
    """How many days of the course have a value."""
    if report.series is None:
        return 0
    return sum(reading.value is not None for reading in report.series.readings.get(code, ()))


def _has_value(readings: Mapping[str, Reading], code: str) -> bool:
    return code in readings and readings[code].value is not None

"""Courses over time, one large or many small, and bars: drawn from a report and nothing else. Pure.

Marks are few: a line, its days, the values at its ends, a quiet grid from zero. Every number is
written by the rules that write the tables.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ..report import Breakdown, Line, Report, SeriesPart
from ..rules import PERCENT, Figure, Number
from .drawing import (
    GRID,
    LINE,
    NARROW,
    QUIET,
    SOFT,
    Drawing,
    NothingToDraw,
    Texts,
    finish,
    mark,
    number,
    width_of,
    words,
)
from .scales import as_number, is_count, nice_ticks, short_month, short_quantity, year_ticks
from .wording import (
    Course,
    breakdown_alternative,
    breakdown_numbers,
    breakdown_title,
    course_alternative,
    course_numbers,
    course_title,
    parts_alternative,
    parts_numbers,
    parts_title,
    period_of,
)

_LARGE = 14
_MARGIN = 4
_FREE_RISE = 7
_END = 22
_FEW_DAYS = 12
_MOST_PANELS = 30
_PANEL_HEIGHT, _PANEL_GAP, _PANEL_HEAD = 94, 20, 20
_GUTTER = 20
_BAR, _ROW_GAP, _LINE_HEIGHT = 18, 14, 16


@dataclass(frozen=True, slots=True)
class _Plane:
    """Where days and values fall on paper, in pixels: values from zero to `top`."""

    left: float
    upper: float
    right: float
    lower: float
    days: tuple[date, date]
    top: float

    def x(self, day: date) -> float:
        span = (self.days[1] - self.days[0]).days
        part = (day - self.days[0]).days / span if span else 1
        return self.left + part * (self.right - self.left)

    def y(self, value: float | Number) -> float:
        return self.lower - float(value) / self.top * (self.lower - self.upper)


def draw_course(report: Report, code: str, *, width: int) -> Drawing:
    """The course of one figure over time. Raises NothingToDraw, UnknownFigure."""
    figure, series = report.figure(code), report.series
    if series is None or not series.readings.get(code):
        raise NothingToDraw(code)
    values = (reading.value for reading in series.readings[code])
    course = tuple(zip(series.days, values, strict=True))
    size = (width, 240 if width < NARROW else 280)
    texts = Texts(
        course_title(figure.label, series.days),
        course_alternative(figure, course, report.territory_name),
        course_numbers(figure, course),
    )
    return finish(
        name=f"evolution-{code}", texts=texts, marks=_course(figure, course, size), size=size
    )


def draw_small_multiples(report: Report, code: str, *, width: int) -> Drawing:
    """One small course for each part of the territory, in the order of codes, at one scale.

    Raises NothingToDraw, UnknownFigure.
    """
    figure, parts = report.figure(code), small_parts(report, code)
    if not parts or report.series is None:
        raise NothingToDraw(code)
    kind, days = parts[0].kind, report.series.days
    texts = Texts(
        parts_title(figure.label, kind, days),
        parts_alternative(figure, kind, parts),
        parts_numbers(figure, parts),
    )
    columns = 2 if width < NARROW else 4
    heads = _heads(parts, (width - _GUTTER * (columns - 1)) / columns)
    panels = -(-len(parts) // columns) * (_panel_height(heads) + _PANEL_GAP)
    note = textwrap.wrap(_scale_note(figure, parts, days), width // 7)
    size = (width, panels + len(note) * _LINE_HEIGHT + 4)
    marks = [
        *_panels(figure, parts, days, heads, (width, columns)),
        *(
            words(line, _MARGIN, panels + 12 + order * _LINE_HEIGHT, fill=QUIET)
            for order, line in enumerate(note)
        ),
    ]
    return finish(name=f"parties-{code}", texts=texts, marks=marks, size=size)


def draw_breakdown(report: Report, code: str, kind: str, *, width: int) -> Drawing:
    """One bar for each line of a breakdown, in its order. Raises NothingToDraw, UnknownFigure."""
    figure = report.figure(code)
    breakdown = find_breakdown(report, code, kind)
    if breakdown is None:
        raise NothingToDraw(f"{code} {kind}")
    texts = Texts(
        breakdown_title(figure.label, breakdown, report.as_of),
        breakdown_alternative(figure, breakdown),
        breakdown_numbers(figure, breakdown),
    )
    rows = _bars(figure, breakdown, width)
    return finish(
        name=f"repartition-{code}-{kind}",
        texts=texts,
        marks=(one for _, row in rows for one in row),
        size=(width, int(rows[-1][0])),
    )


def small_parts(report: Report, code: str) -> tuple[SeriesPart, ...]:
    """The parts whose course is known, in the order of codes; none where they are too many."""
    if report.series is None:
        return ()
    parts = [part for part in report.series.parts if part.readings.get(code)]
    kinds = [part.kind for part in parts]
    parts = [part for part in parts if part.kind == kinds[0]]
    return tuple(sorted(parts, key=lambda part: part.code)) if len(parts) <= _MOST_PANELS else ()


def find_breakdown(report: Report, code: str, kind: str) -> Breakdown | None:
    """The breakdown of a figure by funder, theme or year, where it has lines."""
    found = (one for one in report.breakdowns.get(code, ()) if one.kind == kind and one.lines)
    return next(found, None)


def _course(figure: Figure, course: Course, size: tuple[int, int]) -> Iterator[str]:
    """The marks of a large course."""
    narrow = size[0] < NARROW
    ticks = _ticks(figure, [value for _, value in course])
    labels = [short_quantity(as_number(tick), figure.unit) for tick in ticks]
    last = short_quantity(_known(course)[-1][1], figure.unit) if _known(course) else ""
    plane = _Plane(
        left=max(map(width_of, labels)) + 8 + _MARGIN,
        upper=22,
        right=size[0] - max(width_of(last, size=_LARGE, bold=True) + 12, 26),
        lower=size[1] - 28,
        days=(course[0][0], course[-1][0]),
        top=ticks[-1],
    )
    yield from _grid(plane, ticks, labels)
    yield from _calendar(plane, most=4 if narrow else 8)
    yield from _curve(plane, course, weight=2.5)
    yield from _ends(plane, course, figure.unit)


def _grid(plane: _Plane, ticks: Sequence[float], labels: Sequence[str]) -> Iterator[str]:
    for tick, label in zip(ticks, labels, strict=True):
        y = plane.y(tick)
        yield mark(
            "line",
            x1=plane.left,
            x2=plane.right,
            y1=y,
            y2=y,
            stroke=QUIET if tick == 0 else GRID,
        )
        yield words(label, plane.left - 8, y + 4, text_anchor="end", fill=QUIET)


def _calendar(plane: _Plane, *, most: int) -> Iterator[str]:
    """The first days of years under the axis, and the last day where there is room for it."""
    free = 0.0
    for day, label in year_ticks(*plane.days, most=most):
        x = max(plane.x(day), width_of(label) / 2 + _MARGIN)
        free = x + width_of(label) / 2
        yield from _day(plane, day, (x, label))
    last = plane.days[1]
    label = short_month(last)
    x = plane.x(last) - width_of(label) / 2 + _END
    if x - width_of(label) / 2 > free + _END and last.month != 1:
        yield from _day(plane, last, (x, label))


def _day(plane: _Plane, day: date, label: tuple[float, str]) -> Iterator[str]:
    yield mark(
        "line", x1=plane.x(day), x2=plane.x(day), y1=plane.lower, y2=plane.lower + 5, stroke=QUIET
    )
    yield words(label[1], label[0], plane.lower + 20, text_anchor="middle", fill=QUIET)


def _curve(plane: _Plane, course: Course, *, weight: float) -> Iterator[str]:
    """The line, its surface down to zero, and a dot where a day stands alone."""
    for run in _runs(course):
        points = [(plane.x(day), plane.y(value)) for day, value in run]
        line = "L".join(f"{number(x)} {number(y)}" for x, y in points)
        if len(points) == 1:
            yield mark("circle", cx=points[0][0], cy=points[0][1], r=weight, fill=LINE)
            continue
        first, last = number(points[0][0]), number(points[-1][0])
        base = number(plane.lower)
        yield mark("path", d=f"M{first} {base}L{line}L{last} {base}z", fill=SOFT)
        yield mark(
            "path",
            d=f"M{line}",
            fill="none",
            stroke=LINE,
            stroke_width=weight,
            stroke_linejoin="round",
        )


def _ends(plane: _Plane, course: Course, unit: str) -> Iterator[str]:
    """The days that were measured, the first value and, in large type, the last."""
    known = _known(course)
    radius = 3 if len(known) <= _FEW_DAYS else 2
    for day, value in known:
        yield mark("circle", cx=plane.x(day), cy=plane.y(value), r=radius, fill=LINE)
    yield from _first_value(plane, known, unit)
    for day, value in known[-1:]:
        label = short_quantity(value, unit)
        x, y = plane.x(day) + 8, plane.y(value) + 5
        yield words(label, x, y, font_size=_LARGE, font_weight="bold", fill=LINE)


def _first_value(plane: _Plane, known: Sequence[tuple[date, Number]], unit: str) -> Iterator[str]:
    """The first value over its dot, unless the line rises through it: the grid says it then."""
    if len(known) == 1 or not known:
        return
    (day, value), (next_day, next_value) = known[:2]
    label = short_quantity(value, unit)
    rise = (plane.y(value) - plane.y(next_value)) / (plane.x(next_day) - plane.x(day))
    if rise * (width_of(label) + 4) < _FREE_RISE:
        yield words(label, plane.x(day), plane.y(value) - 9)


def _heads(parts: Sequence[SeriesPart], wide: float) -> list[list[str]]:
    """The name of each part, on two lines at most: the table has the long ones whole."""
    letters = int(wide / width_of("n", bold=True))
    return [
        textwrap.wrap(part.name, letters, max_lines=2, placeholder="\u00a0…") or [""]
        for part in parts
    ]


def _panel_height(heads: Sequence[Sequence[str]]) -> int:
    return _PANEL_HEIGHT + (max(map(len, heads)) - 1) * _LINE_HEIGHT


def _panels(
    figure: Figure,
    parts: Sequence[SeriesPart],
    days: Sequence[date],
    heads: Sequence[Sequence[str]],
    paper: tuple[int, int],
) -> Iterator[str]:
    """Every small course under its name: `paper` is its width and its columns."""
    width, columns = paper
    height = _panel_height(heads)
    wide = (width - _GUTTER * (columns - 1)) / columns
    top = _ticks(figure, [value for part in parts for value in _values(part, figure)])[-1]
    longest = max(width_of(_last_label(part, figure)) for part in parts) + 10
    for order, part in enumerate(parts):
        left = order % columns * (wide + _GUTTER)
        upper = order // columns * (height + _PANEL_GAP)
        plane = _Plane(
            left=left + _MARGIN,
            upper=upper + _PANEL_HEAD + 6 + height - _PANEL_HEIGHT,
            right=left + wide - longest,
            lower=upper + height,
            days=(days[0], days[-1]),
            top=top,
        )
        for rank, line in enumerate(heads[order]):
            baseline = upper + 14 + rank * _LINE_HEIGHT
            yield words(line, left + _MARGIN, baseline, font_weight="bold")
        yield from _panel(plane, tuple(zip(days, _values(part, figure), strict=True)), figure)


def _scale_note(figure: Figure, parts: Sequence[SeriesPart], days: Sequence[date]) -> str:
    """What the small courses share: their scale and their days."""
    values = [value for part in parts for value in _values(part, figure)]
    top = short_quantity(as_number(_ticks(figure, values)[-1]), figure.unit)
    unit = f" {figure.unit}" if is_count(figure.unit) else ""
    return f"Même échelle partout\u00a0: de 0 à {top}{unit}, {period_of(days)}."


def _panel(plane: _Plane, course: Course, figure: Figure) -> Iterator[str]:
    yield mark("line", x1=plane.left, x2=plane.right, y1=plane.lower, y2=plane.lower, stroke=QUIET)
    yield from _curve(plane, course, weight=2)
    for day, value in _known(course)[-1:]:
        x, y = plane.x(day), plane.y(value)
        yield mark("circle", cx=x, cy=y, r=3, fill=LINE)
        yield words(short_quantity(value, figure.unit), x + 6, y + 4, fill=LINE)
    if not _known(course):
        yield words("sans valeur", plane.left, plane.lower - 8, fill=QUIET)


def _last_label(part: SeriesPart, figure: Figure) -> str:
    return short_quantity(part.readings[figure.code][-1].value, figure.unit)


def _values(part: SeriesPart, figure: Figure) -> tuple[Number | None, ...]:
    return tuple(reading.value for reading in part.readings[figure.code])


def _bars(figure: Figure, breakdown: Breakdown, width: int) -> list[tuple[float, list[str]]]:
    """Each row of bars: where it ends, from the top, and its marks."""
    values = [float(line.reading.value or 0) for line in breakdown.lines]
    labels = [_value_label(line, figure) for line in breakdown.lines]
    beside = width >= NARROW
    left = min(260.0, max(_label_width(line) for line in breakdown.lines)) if beside else 0
    room = width - (left or _MARGIN) - max(width_of(label, bold=True) for label in labels) - 10
    rows: list[tuple[float, list[str]]] = []
    y = 4.0
    for line, value, label in zip(breakdown.lines, values, labels, strict=True):
        names = textwrap.wrap(line.label, 38 if beside else 46) or [""]
        marks, y = _bar(names, label, y, (left, room * max(value, 0) / (max(values) or 1)))
        rows.append((y, marks))
    return rows


def _bar(
    names: Sequence[str], label: str, y: float, spans: tuple[float, float]
) -> tuple[list[str], float]:
    """One bar under its name, or beside it where `spans` leaves room on the left; and its end."""
    left, length = spans
    height = len(names) * _LINE_HEIGHT
    upper = y + max(0, (height - _BAR) / 2) if left else y + height + 3
    start = max(0, (_BAR - height) / 2) if left else 0
    marks = [
        words(
            name,
            left - 10 if left else _MARGIN,
            y + start + 12 + order * _LINE_HEIGHT,
            text_anchor="end" if left else None,
        )
        for order, name in enumerate(names)
    ]
    marks += [
        mark("rect", x=left or _MARGIN, y=upper, width=max(length, 1), height=_BAR, fill=LINE),
        words(label, (left or _MARGIN) + length + 7, upper + 13, font_weight="bold"),
    ]
    return marks, max(upper + _BAR, y + height) + _ROW_GAP


def _label_width(line: Line) -> float:
    return max(width_of(name) for name in textwrap.wrap(line.label, 38) or [""]) + 12


def _value_label(line: Line, figure: Figure) -> str:
    value = line.reading.value
    return short_quantity(value, figure.unit)


def _ticks(figure: Figure, values: Sequence[Number | None]) -> tuple[float, ...]:
    known = [float(value) for value in values if value is not None]
    top = max([*known, 0.0])
    if figure.unit == PERCENT:
        return nice_ticks(max(top, 100.0), whole=False)
    return nice_ticks(top, whole=is_count(figure.unit))


def _runs(course: Course) -> Iterator[list[tuple[date, Number]]]:
    """The days in a row that have a value: where one lacks, the line breaks."""
    run: list[tuple[date, Number]] = []
    for day, value in course:
        if value is not None:
            run.append((day, value))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _known(course: Course) -> list[tuple[date, Number]]:
    return [(day, value) for day, value in course if value is not None]

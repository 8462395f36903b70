"""A map of the départements, with the overseas ones and those around Paris apart. Pure.

A class is told by how dark it is, one hue for all; a hatching says that a département has no value,
and blank paper that the programme has no town there. Neither is painted as a value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..report import Place, Report
from ..rules import Figure, Reading
from .drawing import GRID, NARROW, PAPER, QUIET, Drawing, NothingToDraw, Texts, finish, mark, words
from .outlines import (
    AROUND_PARIS,
    CREDIT,
    HEIGHT,
    OVERSEAS,
    WIDTH,
    Ring,
    box_of,
    overseas_outlines,
    path_of,
    read_outlines,
)
from .scales import Classes, classes_for, is_count
from .wording import is_outside, map_alternative, map_numbers, map_title

SHADES = ("#dce8f6", "#a9c8e8", "#6b9fd3", "#2f6db3", "#123a75")
"""Five classes of one hue, each darker than the one before, also without colour."""
_RAMPS = {1: (2,), 2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}
_EDGE = "#5b6b80"
_PARIS = "paris"
_MARGIN = 4
_LEGEND_ROW, _LEGEND_WIDTH = 22, 172


@dataclass(frozen=True, slots=True)
class _Frame:
    """A box on paper, in pixels, that outlines are fitted into."""

    left: float
    upper: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Coloured:
    """What each département is filled with: None where it lies outside the territory."""

    classes: Classes
    readings: Mapping[str, Reading | None]
    country: bool

    def fill(self, code: str, hatching: str) -> str:
        """The fill of a département: a shade, the hatching of that name, or blank paper."""
        reading = self.readings.get(code)
        if reading is None:
            return PAPER
        if reading.value is None:
            return f"url(#{hatching})"
        return shade(self.classes.of(reading.value), len(self.classes.labels))

    def is_blank(self, code: str) -> bool:
        """Whether a département of the programme has no value."""
        reading = self.readings.get(code)
        return reading is not None and reading.value is None

    def edge(self, code: str) -> str:
        """The outline of a département: fainter outside the territory."""
        return _EDGE if self.country or code in self.readings else GRID


def draw_map(report: Report, code: str, *, width: int) -> Drawing:
    """One figure in every département. Raises NothingToDraw, UnknownFigure."""
    figure = report.figure(code)
    places = mapped_places(report, code)
    if not places:
        raise NothingToDraw(code)
    country = report.territory == "national"
    readings = _readings(places, code, country=country)
    values = [one.value for one in readings.values() if one and one.value is not None]
    coloured = _Coloured(classes_for(values, figure.unit), readings, country)
    texts = Texts(
        map_title(figure.label, report.as_of),
        map_alternative(report, figure, readings),
        map_numbers(coloured.classes, readings),
    )
    draw = _narrow if width < NARROW else _wide
    height, marks = draw(figure, coloured, width)
    return finish(name=f"carte-{code}", texts=texts, marks=marks, size=(width, height))


def mapped_places(report: Report, code: str) -> tuple[Place, ...]:
    """The départements of the report, where at least one has a reading of the figure."""
    places = next((parts.places for parts in report.parts if parts.kind == "dep"), ())
    drawn = {*read_outlines(), *OVERSEAS}
    known = tuple(place for place in places if place.code in drawn)
    return known if any(code in place.readings for place in known) else ()


def shade(order: int, count: int) -> str:
    """The colour of class `order` among `count`."""
    return SHADES[_RAMPS[count][order]]


def _readings(places: tuple[Place, ...], code: str, *, country: bool) -> dict[str, Reading | None]:
    """The readings by département: None out of the programme."""
    readings = {
        place.code: None if is_outside(place) else place.readings.get(code, Reading(None))
        for place in places
    }
    everywhere = (*read_outlines(), *OVERSEAS) if country else readings
    return {one: readings.get(one) for one in sorted(everywhere)}


def _wide(figure: Figure, coloured: _Coloured, width: int) -> tuple[int, list[str]]:
    """The map on the left; legend and insets on the right."""
    aside = 190
    frame = _frame(coloured, width - aside - 20)
    left = width - aside
    marks = [*_mainland(coloured, frame, grain=3 if coloured.country else 1)]
    legend_end, legend = _legend(figure, coloured, (left, 16, 1))
    marks += legend
    insets = _insets(coloured)
    cell = _Frame(left, legend_end + 22, aside / 2, 92)
    marks += _all_insets(coloured, cell, 2)
    lower = max(frame.height, cell.upper + -(-len(insets) // 2) * cell.height)
    return round(lower + 28), [*marks, _credit(lower + 20)]


def _narrow(figure: Figure, coloured: _Coloured, width: int) -> tuple[int, list[str]]:
    """The map, the insets under it, then the legend."""
    frame = _frame(coloured, width)
    marks = [*_mainland(coloured, frame, grain=8 if coloured.country else 1)]
    insets = _insets(coloured)
    cell = _Frame(0, frame.height + 8, width / 3, 92)
    marks += _all_insets(coloured, cell, 3)
    upper = cell.upper + -(-len(insets) // 3) * cell.height + 16
    lower, legend = _legend(figure, coloured, (_MARGIN, upper, 2))
    return round(lower + 32), [*marks, *legend, _credit(lower + 24)]


def _frame(coloured: _Coloured, width: float) -> _Frame:
    """The room of the main map: no higher than the départements that it shows."""
    whole = width * HEIGHT / WIDTH
    rings = [ring for code in coloured.readings for ring in read_outlines().get(code, ())]
    if coloured.country or not rings:
        return _Frame(0, 0, width, whole)
    _, _, wide, high = box_of(tuple(rings))
    return _Frame(0, 0, width, min(whole, width * high / wide))


def _mainland(coloured: _Coloured, frame: _Frame, *, grain: int) -> Iterator[str]:
    """Mainland France and Corsica; of a region, its départements alone fill the frame."""
    outlines = read_outlines()
    inside = [code for code in outlines if code in coloured.readings]
    if not inside:
        yield from _alone(coloured, frame)
        return
    shown = tuple(ring for code in inside for ring in outlines[code])
    box = (0, 0, WIDTH, HEIGHT) if coloured.country else box_of(shown)
    yield from _shapes(coloured, {code: outlines[code] for code in inside}, (box, frame), grain)


def _alone(coloured: _Coloured, frame: _Frame) -> Iterator[str]:
    """A territory that is wholly overseas."""
    for code in coloured.readings:
        rings = overseas_outlines()[code]
        yield from _shapes(coloured, {code: rings}, (box_of(rings), frame), 1)
        return


def _shapes(
    coloured: _Coloured,
    outlines: Mapping[str, tuple[Ring, ...]],
    fit: tuple[tuple[int, int, int, int], _Frame],
    grain: int,
) -> Iterator[str]:
    """The outlines, so that the box `fit[0]` of their units fills the frame `fit[1]`."""
    (x, y, wide, high), frame = fit
    scale = min((frame.width - 2) / wide, (frame.height - 2) / high)
    left = frame.left + (frame.width - wide * scale) / 2 - x * scale
    upper = frame.upper + (frame.height - high * scale) / 2 - y * scale
    hatching = f"hachures-{round(scale * grain * 10_000)}"
    if any(coloured.is_blank(code) for code in outlines):
        yield _pattern(hatching, scale * grain)
    place = f"translate({left:.2f} {upper:.2f}) scale({scale * grain:.5f})"
    weight = f"{0.7 / scale / grain:.2f}"
    yield f'<g transform="{place}" stroke-width="{weight}" stroke-linejoin="round">'
    for code in outlines:
        path = path_of(code, grain=grain)
        yield mark("path", d=path, fill=coloured.fill(code, hatching), stroke=coloured.edge(code))
    yield "</g>"


def _pattern(name: str, scale: float = 1) -> str:
    """A hatching that is as fine on paper whatever the scale of what it fills."""
    turn = f' patternTransform="scale({1 / scale:.4f})"' if scale != 1 else ""
    return (
        f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse"{turn}>'
        f'<rect width="6" height="6" fill="{PAPER}"/>'
        f'<path d="M-1 1L1 -1M0 6L6 0M5 7L7 5" stroke="{QUIET}"/></pattern>'
    )


def _insets(coloured: _Coloured) -> tuple[str, ...]:
    """What is drawn apart: around Paris in a map of the country, and what is overseas."""
    if not coloured.country:
        return ()
    return (*OVERSEAS, _PARIS)


def _all_insets(coloured: _Coloured, first: _Frame, columns: int) -> Iterator[str]:
    for order, code in enumerate(_insets(coloured)):
        yield from _inset(coloured, code, _cell(first, order, columns))


def _inset(coloured: _Coloured, code: str, cell: _Frame) -> Iterator[str]:
    """One inset: its outlines over its name."""
    name = OVERSEAS.get(code, "Paris, 92, 93, 94")
    outlines = {one: read_outlines()[one] for one in AROUND_PARIS}
    if code in OVERSEAS:
        outlines = {code: overseas_outlines()[code]}
    box = box_of(tuple(ring for rings in outlines.values() for ring in rings))
    frame = _Frame(cell.left + 8, cell.upper, cell.width - 16, cell.height - 28)
    yield from _shapes(coloured, outlines, (box, frame), 1)
    yield words(
        name, cell.left + cell.width / 2, cell.upper + cell.height - 12, text_anchor="middle"
    )


def _cell(first: _Frame, order: int, columns: int) -> _Frame:
    """The place of an inset in the rows that start with the first."""
    row, column = divmod(order, columns)
    return _Frame(
        first.left + column * first.width,
        first.upper + row * first.height,
        first.width,
        first.height,
    )


def _legend(
    figure: Figure, coloured: _Coloured, place: tuple[float, float, int]
) -> tuple[float, list[str]]:
    """The classes, and the kinds of blanks where there are some, from a place and in so many
    columns; and where the legend ends."""
    x, y, columns = place
    marks = []
    if is_count(figure.unit):
        marks.append(words(figure.unit.capitalize(), x, y, font_weight="bold"))
        y += 10
    rows = list(_legend_rows(coloured))
    long = -(-len(rows) // columns)
    for order, (fill, label) in enumerate(rows):
        column, row = divmod(order, long)
        left, upper = x + column * _LEGEND_WIDTH, y + row * _LEGEND_ROW
        marks += [
            mark("rect", x=left + 0.5, y=upper, width=24, height=15, fill=fill, stroke=_EDGE),
            words(label, left + 33, upper + 12),
        ]
    blank = [_pattern("hachures")] if any(map(coloured.is_blank, coloured.readings)) else []
    return y + long * _LEGEND_ROW, [*blank, *marks]


def _legend_rows(coloured: _Coloured) -> Iterator[tuple[str, str]]:
    labels = coloured.classes.labels
    for order, label in enumerate(labels):
        yield shade(order, len(labels)), label
    if any(map(coloured.is_blank, coloured.readings)):
        yield "url(#hachures)", "sans valeur"
    if any(reading is None for reading in coloured.readings.values()):
        yield PAPER, "hors programme"


def _credit(y: float) -> str:
    return words(CREDIT, _MARGIN, y, fill=QUIET)

"""The titles of the drawings, and their alternatives for who cannot see them. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from beffroi.foundations.dates import format_date

from ..report import Breakdown, Place, Report, SeriesPart
from ..rules import Figure, Number, Reading
from .drawing import TABLE
from .scales import Classes, bare, counted, month_of

KINDS = {"reg": "région", "dep": "département", "epci": "intercommunalité", "com": "commune"}
_PLURALS = {
    "reg": "régions",
    "dep": "départements",
    "epci": "intercommunalités",
    "com": "communes",
}
_NB = "\u00a0"
_SHORT = 4

Course = Sequence[tuple[date, Number | None]]


def course_title(label: str, days: Sequence[date]) -> str:
    """« Communes actives, de décembre 2020 à septembre 2022 »."""
    return f"{label}, {period_of(days)}"


def period_of(days: Sequence[date]) -> str:
    """« de décembre 2020 à septembre 2022 »."""
    first, last = month_of(days[0]), month_of(days[-1])
    return f"{_from(first)} à{_NB}{last}" if first != last else f"en{_NB}{last}"


def parts_title(label: str, kind: str, days: Sequence[date]) -> str:
    """« Communes actives dans chaque région, de décembre 2020 à septembre 2022 »."""
    return course_title(f"{label} dans chaque {KINDS[kind]}", days)


def map_title(label: str, as_of: date) -> str:
    """« Communes actives par département, au 23 septembre 2022 »."""
    return f"{label} par département, au{_NB}{format_date(as_of)}"


def breakdown_title(label: str, breakdown: Breakdown, as_of: date) -> str:
    """« Montant engagé par financeur, au 23 septembre 2022 »."""
    told_apart = breakdown.title[:1].lower() + breakdown.title[1:]
    return f"{label} {told_apart}, au{_NB}{format_date(as_of)}"


def course_alternative(figure: Figure, course: Course, place: str) -> str:
    """What the line goes from and to, where it turned, and which days have no value."""
    known = [(day, value) for day, value in course if value is not None]
    opening = f"Courbe, {place}{_NB}: {_lowered(figure.label)}."
    if not known:
        return f"{opening} Aucune valeur sur la période. {TABLE}"
    return " ".join((opening, *_span(known, figure.unit), *_missing(course), TABLE))


def parts_alternative(figure: Figure, kind: str, parts: Sequence[SeriesPart]) -> str:
    """How many small courses there are, and between which values they end."""
    last = [part.readings[figure.code][-1] for part in parts]
    opening = (
        f"{len(parts)} petites courbes à la même échelle, une par {KINDS[kind]}, dans l’ordre des "
        f"codes officiels{_NB}: {_lowered(figure.label)}."
    )
    return f"{opening} {_range(last, figure.unit, kind, ending='Au dernier jour, ')} {TABLE}"


def course_numbers(figure: Figure, course: Course) -> tuple[tuple[str, str], ...]:
    """The ends of years and the last day; every day of a short course."""
    last = len(course) - 1
    kept = [
        one
        for order, one in enumerate(course)
        if last < _SHORT or order == last or (one[0].month, one[0].day) == (12, 31)
    ]
    return tuple((format_date(day), counted(value, figure.unit)) for day, value in kept)


def parts_numbers(figure: Figure, parts: Sequence[SeriesPart]) -> tuple[tuple[str, str], ...]:
    """The last value of each part."""
    last = ((part.name, part.readings[figure.code][-1].value) for part in parts)
    return tuple((name, counted(value, figure.unit)) for name, value in last)


def map_numbers(
    classes: Classes, places: Mapping[str, Reading | None]
) -> tuple[tuple[str, str], ...]:
    """How many départements are in each class, have no value, or are out of the programme."""
    readings = list(places.values())
    values = [one.value for one in readings if one and one.value is not None]
    counts = Counter(map(classes.of, values))
    outside = sum(one is None for one in readings)
    lines = [
        *((label, counts[order]) for order, label in enumerate(classes.labels)),
        ("sans valeur", len(readings) - len(values) - outside),
        ("hors programme", outside),
    ]
    return tuple((label, _places(count, "dep")) for label, count in lines if count)


def breakdown_numbers(figure: Figure, breakdown: Breakdown) -> tuple[tuple[str, str], ...]:
    """Every line."""
    lines = breakdown.lines
    return tuple((line.label, counted(line.reading.value, figure.unit)) for line in lines)


def map_alternative(report: Report, figure: Figure, places: Mapping[str, Reading | None]) -> str:
    """The range of the values and what is left blank, by `places`: None stands for out of it."""
    readings = [reading for reading in places.values() if reading is not None]
    opening = (
        f"Carte des départements, {report.territory_name}, au{_NB}{format_date(report.as_of)}"
        f"{_NB}: {_lowered(figure.label)}."
    )
    outside = len(places) - len(readings)
    blank = f" {_departments(outside)} hors programme." if outside else ""
    return f"{opening} {_range(readings, figure.unit, 'dep')}{blank} {TABLE}"


def breakdown_alternative(figure: Figure, breakdown: Breakdown) -> str:
    """Every bar and its value: they are few."""
    lines = [f"{label}{_NB}: {value}" for label, value in breakdown_numbers(figure, breakdown)]
    told_apart = breakdown.title[:1].lower() + breakdown.title[1:]
    listed = "\u202f; ".join(lines) or "aucune ligne"
    return f"Barres, {_lowered(figure.label)} {told_apart}. {_raised(listed)}."


def is_outside(place: Place) -> bool:
    """Whether the programme has no active town there: nothing can have been measured."""
    active = place.readings.get("active_towns")
    return active is not None and active.value == 0


def _from(month: str) -> str:
    return f"d’{month}" if month[0] in "ao" else f"de{_NB}{month}"


def _span(known: Sequence[tuple[date, Number]], unit: str) -> tuple[str, ...]:
    (first_day, first), (last_day, last) = known[0], known[-1]
    if first_day == last_day:
        return (f"{_raised(counted(last, unit))} au{_NB}{format_date(last_day)}.",)
    if len({value for _, value in known}) == 1:
        days = f"du{_NB}{format_date(first_day)} au{_NB}{format_date(last_day)}"
        return (f"Toujours {counted(last, unit)}, {days}.",)
    span = (
        f"De {counted(first, unit)} au{_NB}{format_date(first_day)} "
        f"à {counted(last, unit)} au{_NB}{format_date(last_day)}."
    )
    return (span, *_turns(known, unit))


def _turns(known: Sequence[tuple[date, Number]], unit: str) -> tuple[str, ...]:
    ends = (known[0][1], known[-1][1])
    low, high = min(known, key=lambda one: one[1]), max(known, key=lambda one: one[1])
    found = []
    if low[1] < min(ends):
        found.append(f"Au plus bas, {counted(low[1], unit)} au{_NB}{format_date(low[0])}.")
    if high[1] > max(ends):
        found.append(f"Au plus haut, {counted(high[1], unit)} au{_NB}{format_date(high[0])}.")
    return tuple(found)


def _missing(course: Course) -> tuple[str, ...]:
    days = [day for day, value in course if value is None]
    if not days:
        return ()
    if len(days) == 1:
        return (f"Sans valeur au{_NB}{format_date(days[0])}.",)
    return (f"Sans valeur à {len(days)} des {len(course)} dates.",)


def _range(readings: Sequence[Reading], unit: str, kind: str, *, ending: str = "") -> str:
    values = [reading.value for reading in readings if reading.value is not None]
    lacking = len(readings) - len(values)
    blank = f" {_places(lacking, kind)} sans valeur." if lacking else ""
    if not values:
        return f"Aucune valeur.{blank}"
    low, high = min(values), max(values)
    said = (
        f"{counted(low, unit)} partout"
        if low == high
        else f"de {bare(low, unit)} à {counted(high, unit)} selon les {_PLURALS[kind]}"
    )
    return f"{_raised(ending + said)}.{blank}"


def _departments(count: int) -> str:
    return _places(count, "dep")


def _places(count: int, kind: str) -> str:
    return f"{count}{_NB}{KINDS[kind] if count == 1 else _PLURALS[kind]}"


def _lowered(label: str) -> str:
    return label[:1].lower() + label[1:]


def _raised(text: str) -> str:
    return text[:1].upper() + text[1:]

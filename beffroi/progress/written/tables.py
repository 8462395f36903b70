"""A report as tidy tables, one reading a line, each described by its Table Schema. Pure.

A number is written exactly, with a point before decimals; a reading that does not exist is an empty
cell. The columns of a published table do not change: a new need is a new table.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from beffroi.foundations.spreadsheets.guards import guard

from ..report import Report
from ..rules import Figure, Number, Reading, plain_number

SCHEMA = "https://specs.frictionlessdata.io/schemas/table-schema.json"
Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name in the file, its type in a Table Schema, what it holds in French."""

    name: str
    type: str
    title: str
    is_required: bool = True

    def described(self) -> dict[str, Any]:
        """As Table Schema writes it."""
        return {
            "name": self.name,
            "type": self.type,
            "title": self.title,
            "constraints": {"required": self.is_required},
        }


@dataclass(frozen=True, slots=True)
class TidyTable:
    """A table of a report: its name, its French title, its columns, and its lines."""

    name: str
    title: str
    fields: tuple[Field, ...]
    lines: Callable[[Report], Iterator[Cells]]

    def written(self, report: Report) -> bytes:
        """The table as CSV in UTF-8, `;` between cells."""
        return csv_text([field.name for field in self.fields], self.lines(report)).encode()

    def schema(self) -> dict[str, Any]:
        """Its Table Schema."""
        return {
            "$schema": SCHEMA,
            "name": self.name,
            "title": self.title,
            "fields": [field.described() for field in self.fields],
            "missingValues": [""],
        }


def csv_text(header: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    """Lines as CSV: `;` between cells, a line feed after each line."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(header)
    writer.writerows(lines)
    return text.getvalue()


def exact(number: Number | None) -> str:
    """`780000000`, `99.6`, `21667.5`, or nothing: every digit, and no zero that says nothing."""
    if number is None or isinstance(number, int):
        return "" if number is None else str(number)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _figures(report: Report) -> Iterator[Cells]:
    for figure in report.figures:
        numbers = (
            plain_number(figure.value, figure.unit),
            plain_number(figure.numerator),
            plain_number(figure.denominator),
        )
        value, numerator, denominator = ("" if one is None else str(one) for one in numbers)
        yield (
            report.reference,
            report.as_of.isoformat(),
            report.territory,
            figure.code,
            figure.label,
            value,
            figure.unit,
            numerator,
            denominator,
            figure.full_definition,
            str(figure.version),
        )


def _breakdowns(report: Report) -> Iterator[Cells]:
    for figure in report.figures:
        for breakdown in report.breakdowns.get(figure.code, ()):
            for line in breakdown.lines:
                place = (report.territory, breakdown.kind, guard(line.label))
                yield _line(report, report.as_of, figure, line.reading, place=place)


def _parts(report: Report) -> Iterator[Cells]:
    for parts in report.parts:
        for place in parts.places:
            named = (parts.kind, place.code, guard(place.name))
            for figure in report.figures:
                if figure.code in place.readings:
                    reading = place.readings[figure.code]
                    yield _line(report, report.as_of, figure, reading, place=named)


def _courses(report: Report) -> Iterator[Cells]:
    if report.series is None:
        return
    kind, _, code = report.territory.partition(":")
    yield from _course(report, report.series.readings, (kind, code, guard(report.territory_name)))
    for part in report.series.parts:
        yield from _course(report, part.readings, (part.kind, part.code, guard(part.name)))


def _course(
    report: Report, readings: Mapping[str, tuple[Reading, ...]], place: Cells
) -> Iterator[Cells]:
    days = report.series.days if report.series else ()
    for figure in report.figures:
        for day, reading in zip(days, readings.get(figure.code, ()), strict=False):
            yield _line(report, day, figure, reading, place=place)


def _line(report: Report, day: date, figure: Figure, reading: Reading, *, place: Cells) -> Cells:
    numbers = (exact(one) for one in (reading.value, reading.numerator, reading.denominator))
    value, numerator, denominator = numbers
    measured = (figure.code, figure.label, value, figure.unit, numerator, denominator)
    return (report.reference, day.isoformat(), *place, *measured)


_REFERENCE = Field("reference", "string", "Référence du point d’avancement")
_DATE = Field("date", "date", "Date des chiffres")
_TERRITORY = Field("territoire", "string", "Territoire du point d’avancement")
_MEASURE = (
    Field("code", "string", "Code de l’indicateur"),
    Field("libelle", "string", "Libellé de l’indicateur"),
    Field("valeur", "number", "Valeur, vide lorsqu’elle n’existe pas", is_required=False),
    Field("unite", "string", "Unité"),
    Field("numerateur", "number", "Numérateur", is_required=False),
    Field("denominateur", "number", "Dénominateur", is_required=False),
)
_PLACE = (
    Field("type_territoire", "string", "Type\u00a0: national, reg, dep, epci, com…"),
    Field("code_territoire", "string", "Code officiel, vide pour le pays", is_required=False),
    Field("nom_territoire", "string", "Nom du territoire"),
)

FIGURES = TidyTable(
    "donnees",
    "Chiffres du point d’avancement",
    (
        _REFERENCE,
        _DATE,
        _TERRITORY,
        *_MEASURE,
        Field("definition", "string", "Définition"),
        Field("version_definition", "integer", "Version de la définition"),
    ),
    _figures,
)
TABLES: Mapping[str, TidyTable] = {
    table.name: table
    for table in (
        FIGURES,
        TidyTable(
            "repartitions",
            "Répartitions des chiffres par financeur, thème ou année",
            (
                _REFERENCE,
                _DATE,
                _TERRITORY,
                Field("repartition", "string", "Ce qui répartit\u00a0: funder, theme ou year"),
                Field("part", "string", "Financeur, thème ou année"),
                *_MEASURE,
            ),
            _breakdowns,
        ),
        TidyTable(
            "territoires",
            "Chiffres de chaque partie du territoire",
            (_REFERENCE, _DATE, *_PLACE, *_MEASURE),
            _parts,
        ),
        TidyTable(
            "series",
            "Évolution des chiffres depuis le lancement",
            (_REFERENCE, _DATE, *_PLACE, *_MEASURE),
            _courses,
        ),
    )
}

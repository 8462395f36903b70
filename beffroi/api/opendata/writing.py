"""A dataset as a file, written while its rows are being read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

from beffroi.foundations.spreadsheets import Cell, ods_pieces, open_csv_pieces, trimmed

from .declaration import Dataset, Row
from .edition import Edition

MOST_ROWS_IN_A_WORKBOOK = 20_000
_PIECE = 200  # rows of JSON sent together


class Form(StrEnum):
    """The forms that datasets are offered in; the value is the suffix of the file."""

    CSV = "csv"
    JSON = "json"
    ODS = "ods"
    GEOJSON = "geojson"


CONTENT_TYPES = {
    Form.CSV: "text/csv; charset=utf-8; header=present",
    Form.JSON: "application/json; charset=utf-8",
    Form.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    Form.GEOJSON: "application/geo+json",
}


def forms_of(dataset: Dataset, *, rows: int) -> tuple[Form, ...]:
    """The forms that a dataset is offered in: on a map where its rows have a place, as a workbook
    where they are few enough to be laid out while a reader waits."""
    left_out = set()
    if dataset.points is None:
        left_out.add(Form.GEOJSON)
    if rows > MOST_ROWS_IN_A_WORKBOOK:
        left_out.add(Form.ODS)
    return tuple(form for form in Form if form not in left_out)


def write_pieces(dataset: Dataset, edition: Edition, form: Form) -> Iterator[bytes]:
    """The bytes of a dataset, piece by piece: never more than a few hundred rows in memory."""
    return _WRITERS[form](dataset, edition)


def _csv(dataset: Dataset, edition: Edition) -> Iterator[bytes]:
    return open_csv_pieces(header=dataset.header, rows=dataset.read(edition))


def _ods(dataset: Dataset, edition: Edition) -> Iterator[bytes]:
    return ods_pieces(name=dataset.code, header=dataset.header, rows=dataset.read(edition))


def _json(dataset: Dataset, edition: Edition) -> Iterator[bytes]:
    records = (as_record(dataset, row) for row in dataset.read(edition))
    return _array("[\n", records, "\n]\n")


def _geojson(dataset: Dataset, edition: Edition) -> Iterator[bytes]:
    """A collection as RFC 7946 has it; a row whose place is unknown has no geometry."""
    points = dataset.points(edition) if dataset.points else {}
    features = (
        {
            "type": "Feature",
            "id": record[dataset.located_by],
            "geometry": _geometry(points.get(record[dataset.located_by])),
            "properties": record,
        }
        for record in (as_record(dataset, row) for row in dataset.read(edition))
    )
    name = json.dumps(dataset.code)
    return _array(
        f'{{"type": "FeatureCollection", "name": {name}, "features": [\n', features, "\n]}\n"
    )


def _geometry(point: tuple[float, float] | None) -> dict[str, Any] | None:
    return {"type": "Point", "coordinates": list(point)} if point else None


def as_record(dataset: Dataset, row: Row) -> dict[str, Any]:
    """A row as JSON holds it: numbers exact to the cent, days as text, null for the unknown."""
    return {
        column.name: _value(cell, column.type)
        for column, cell in zip(dataset.fields, row, strict=True)
    }


def _value(cell: Cell, kind: str) -> Any:
    if cell is None or cell == "":
        return None
    if kind == "boolean":
        return cell == "oui"
    if isinstance(cell, Decimal):
        short = trimmed(cell)
        return int(short) if short == short.to_integral_value() else float(short)
    return cell if isinstance(cell, str | int) else str(cell)


def _array(start: str, items: Iterable[Mapping[str, Any]], end: str) -> Iterator[bytes]:
    waiting, separator = [start], ""
    for item in items:
        waiting.append(f"{separator}{json.dumps(item, ensure_ascii=False)}")
        separator = ",\n"
        if len(waiting) >= _PIECE:
            yield "".join(waiting).encode()
            waiting = []
    yield "".join((*waiting, end)).encode()


_WRITERS: Mapping[Form, Callable[[Dataset, Edition], Iterator[bytes]]] = {
    Form.CSV: _csv,
    Form.JSON: _json,
    Form.ODS: _ods,
    Form.GEOJSON: _geojson,
}

"""The pages: what is published, and what each dataset holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from beffroi.foundations.dates import format_date
from beffroi.foundations.money import format_number
from beffroi.foundations.skin.identity import site_identity

from ..addresses import file_path, full, page_path, schema_path
from ..catalogue import LICENCE
from ..datasets import BY_CODE, DATASETS
from ..declaration import Dataset, Field
from ..versions import RefusedVersion, Version, open_version, placed, published_days
from ..writing import Form

_FIRST_ROWS = 5
_DAYS = 12
_TYPES = {
    "string": "texte",
    "integer": "nombre entier",
    "number": "nombre",
    "date": "date",
    "boolean": "oui ou non",
}
_FORMS = {
    Form.CSV: "CSV",
    Form.JSON: "JSON",
    Form.ODS: "tableur ODS",
    Form.GEOJSON: "GeoJSON",
}


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take: its form in words, and where it stands."""

    form: str
    path: str


@dataclass(frozen=True, slots=True)
class Described:
    """A dataset as pages show it."""

    dataset: Dataset
    path: str
    schema: str
    rows: str
    modified: str
    downloads: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class DescribedField:
    """A column in words."""

    field: Field
    kind: str
    is_required: bool


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every dataset, and what may be done with them."""
    found = open_version(today=timezone.localdate())
    context = {
        "datasets": [_described(dataset, found) for dataset in DATASETS],
        "example": DATASETS[0],
        "example_address": full(file_path(DATASETS[0], Form.CSV)),
        "example_version": full(file_path(DATASETS[0], Form.CSV, as_of=found.as_of)),
        "cited": _cited("Communes du programme", found.as_of),
        "licence": LICENCE,
        "canonical": full(request.path),
    }
    return render(request, "opendata/index.html", context)


@require_safe
def dataset(request: HttpRequest, code: str) -> HttpResponse:
    """One dataset: its columns, its first rows, its files, today or as of `?au=`."""
    wanted = BY_CODE.get(code)
    if wanted is None:
        return render(request, "opendata/unknown.html", {"datasets": DATASETS}, status=404)
    try:
        found = open_version(request.GET.get("au", ""), today=timezone.localdate())
    except RefusedVersion as refused:
        context = {"reason": str(refused), "dataset": wanted, "path": page_path(wanted)}
        return render(request, "opendata/refused.html", context, status=400)
    return render(request, "opendata/dataset.html", _context(wanted, found))


def _context(wanted: Dataset, found: Version) -> dict[str, Any]:
    return {
        "described": _described(wanted, found),
        "dataset": wanted,
        "day": format_date(found.as_of),
        "as_of": found.as_of.isoformat(),
        "is_current": found.is_current,
        "fields": [_field(column) for column in wanted.fields],
        "rows": [
            [_text(cell) for cell in row]
            for row in islice(iter(wanted.read(found.edition)), _FIRST_ROWS)
        ],
        "placed": placed(wanted, found.edition),
        "days": [(day.isoformat(), format_date(day)) for day in published_days()[:_DAYS]],
        "cited": _cited(wanted.title, found.as_of),
        "address": full(file_path(wanted, Form.CSV, as_of=found.as_of)),
        "licence": LICENCE,
        "canonical": full(page_path(wanted)),
    }


def _described(dataset: Dataset, found: Version) -> Described:
    as_of = None if found.is_current else found.as_of
    modified_at = found.modified_at
    modified = timezone.localtime(modified_at).date() if modified_at else found.as_of
    return Described(
        dataset,
        path=page_path(dataset),
        schema=schema_path(dataset),
        rows=format_number(found.count(dataset)),
        modified=format_date(modified),
        downloads=tuple(
            Download(_FORMS[form], file_path(dataset, form, as_of=as_of))
            for form in found.forms(dataset)
        ),
    )


def _field(column: Field) -> DescribedField:
    required = bool(column.constraints.get("required"))
    return DescribedField(column, _TYPES[column.type], required)


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell)


def _cited(title: str, as_of: date) -> str:
    return (
        f"{site_identity().site_title}, «\u00a0{title}\u00a0», données au {format_date(as_of)}, "
        "Licence Ouverte 2.0"
    )

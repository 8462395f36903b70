"""Laureates of the brownfield fund as rows of `fonds-friches`, within a person's reach."""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.foundations.imports.files import Cell, trimmed
from beffroi.foundations.imports.outgoing import OutgoingPlaces
from beffroi.foundations.mandates.queries import Scope, rows_within
from beffroi.offers.calls.models import BrownfieldProject

_CHUNK = 5000
_COLUMNS = (
    "reference",
    "edition__number",
    "decided_on",
    "town_id",
    "area_m2",
    "housing_m2",
    "social_percent",
)


def export_brownfields(scope: Scope, places: OutgoingPlaces) -> Iterator[tuple[Cell, ...]]:
    """One row per laureate."""
    rows = rows_within(BrownfieldProject.objects.all(), scope).order_by("reference")
    for reference, edition, day, town_id, *sizes in rows.values_list(*_COLUMNS).iterator(
        chunk_size=_CHUNK
    ):
        yield reference, edition, day, *places.town(town_id, on=day), *map(trimmed, sizes)

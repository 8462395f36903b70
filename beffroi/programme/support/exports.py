"""Support as rows of its follow-up files, within a person's reach."""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.foundations.imports.files import Cell
from beffroi.foundations.imports.outgoing import OutgoingPlaces
from beffroi.foundations.mandates.queries import Scope
from beffroi.programme.membership.queries import followed_programme
from beffroi.programme.support.models import MoneyState
from beffroi.programme.support.permissions import (
    visible_commitments,
    visible_missions,
    visible_plans,
)
from beffroi.programme.support.queries import SUBVENTION_COLUMNS

_COMMITTED = (MoneyState.COMMITTED, MoneyState.PAID)
_CHUNK = 5000


def export_plans(scope: Scope, _places: OutgoingPlaces) -> Iterator[tuple[Cell, ...]]:
    """The six-year plan: whole for the country, else the lines of one's own organisation."""
    rows = visible_plans(scope).filter(programme=followed_programme())
    in_order = rows.order_by("funder__name")
    yield from in_order.values_list("funder__name", "amount").iterator(chunk_size=_CHUNK)


def export_missions(scope: Scope, places: OutgoingPlaces) -> Iterator[tuple[Cell, ...]]:
    """One row per mission."""
    rows = visible_missions(scope).filter(programme=followed_programme())
    columns = ("reference", "town_id", "funder__name", "theme", "notified_on", "amount")
    found = rows.order_by("reference")
    for reference, town_id, funder, theme, day, amount in found.values_list(*columns).iterator(
        chunk_size=_CHUNK
    ):
        yield reference, places.town(town_id, on=day).code, funder, theme, day, amount


def export_commitments(scope: Scope, places: OutgoingPlaces) -> Iterator[tuple[Cell, ...]]:
    """One row per decision that commits money, in the columns of the « subventions » scheme.

    Those only announced or programmed, and those cancelled, are no commitments.
    """
    rows = visible_commitments(scope).filter(
        programme=followed_programme(), state__in=_COMMITTED, cancelled_on__isnull=True
    )
    found = rows.order_by("decision_reference")
    columns = (*SUBVENTION_COLUMNS.values(), "town_id")
    for *cells, town_id in found.values_list(*columns).iterator(chunk_size=_CHUNK):
        yield *cells, places.town(town_id, on=cells[2]).code

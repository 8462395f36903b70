"""Agreements as rows of their follow-up files, within a person's reach."""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.foundations.imports.files import Cell
from beffroi.foundations.imports.outgoing import OutgoingPlaces
from beffroi.foundations.mandates.queries import Scope, rows_within
from beffroi.programme.agreements.follow_up_columns import SECURITY
from beffroi.programme.agreements.models import AgreementKind, Coverage
from beffroi.programme.agreements.permissions import visible_agreements
from beffroi.programme.agreements.queries import adhesions_signed
from beffroi.programme.membership.permissions import visible_designations
from beffroi.programme.membership.queries import current_designations, followed_programme

_CHUNK = 5000
_COVERED = Coverage.objects.filter(removed_by__isnull=True)


def export_adhesions(scope: Scope, places: OutgoingPlaces) -> Iterator[tuple[Cell, ...]]:
    """One row per town ever designated, with its first signature if it has one."""
    programme = followed_programme()
    signed = adhesions_signed(programme)
    rows = visible_designations(scope).filter(programme=programme)
    for row in current_designations(rows.select_related("group")).values():
        signed_on = signed.get(row.town_id)
        code, name = places.town(row.town_id, on=signed_on or places.today)
        group = row.group.reference if row.group else ""
        yield code, name, group, signed_on, row.ended_on


def export_frameworks(scope: Scope, places: OutgoingPlaces) -> Iterator[tuple[Cell, ...]]:
    """One row per town covered, but for those that an amendment took out.

    An agreement seen through one of its towns is seen whole.
    """
    agreements = visible_agreements(scope).filter(
        programme=followed_programme(), kind=AgreementKind.FRAMEWORK
    )
    rows = _COVERED.filter(agreement__in=agreements)
    columns = (
        "agreement__reference",
        "agreement__signed_on",
        "agreement__counts_as_ort",
        "agreement__intercommunality_id",
        "town_id",
    )
    found = rows.order_by("agreement__reference", "pk").values_list(*columns)
    for reference, signed_on, is_ort, epci, town_id in found.iterator(chunk_size=_CHUNK):
        town = places.town(town_id, on=signed_on)
        yield reference, signed_on, "oui" if is_ort else "non", places.siren(epci), *town


def export_security(scope: Scope, places: OutgoingPlaces) -> Iterator[tuple[Cell, ...]]:
    """One row per town and type of contract, with its first signature."""
    words = {kind: word for word, kind in SECURITY.items()}
    rows = _COVERED.filter(agreement__programme=followed_programme(), agreement__kind__in=words)
    found = rows_within(rows, scope).order_by("agreement__signed_on", "pk")
    seen = set()
    for town_id, kind, signed_on in found.values_list(
        "town_id", "agreement__kind", "agreement__signed_on"
    ).iterator(chunk_size=_CHUNK):
        if (town_id, kind) not in seen:
            seen.add((town_id, kind))
            code, name = places.town(town_id, on=signed_on)
            yield code, name, words[AgreementKind(kind)], signed_on

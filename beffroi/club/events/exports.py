"""Meetings of the Club as rows of `rencontres`, within a person's reach."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet

from beffroi.club.events.models import Meeting
from beffroi.foundations.imports.files import Cell
from beffroi.foundations.imports.outgoing import OutgoingPlaces
from beffroi.foundations.mandates.queries import Scope
from beffroi.foundations.territories.models import DepartmentPeriod

_CHUNK = 5000


def export_meetings(scope: Scope, places: OutgoingPlaces) -> Iterator[tuple[Cell, ...]]:
    """One row per meeting: those of the régions reached, and national ones."""
    columns = ("reference", "title", "kind", "held_on", "region_id", "participants")
    rows = _within(scope, places.today).order_by("reference").values_list(*columns)
    for reference, title, kind, day, region_id, participants in rows.iterator(chunk_size=_CHUNK):
        yield reference, title, kind, day, places.region(region_id), participants


def _within(scope: Scope, on: date) -> QuerySet[Meeting]:
    if scope.is_national:
        return Meeting.objects.all()
    if not scope.has_area:
        return Meeting.objects.none()
    regions = DepartmentPeriod.objects.as_of(on).filter(department__in=scope.department_ids)
    return Meeting.objects.filter(Q(region__isnull=True) | Q(region__in=regions.values("region")))

"""Record experts' missions, one or thousands at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from beffroi.foundations.audit.actions import Authorship, record_written
from beffroi.foundations.upsert import Written, upsert
from beffroi.programme.membership.models import Programme
from beffroi.programme.support.models import ExpertiseMission


@dataclass(frozen=True, slots=True)
class MissionRecord:
    """One mission for a town, in euros."""

    reference: str
    town_id: int
    funder_id: int
    theme: str
    notified_on: date
    amount: Decimal


_KEY = "reference"
_FIELDS = [name for name in MissionRecord.__dataclass_fields__ if name != _KEY]


@transaction.atomic
def record_missions(
    *, programme: Programme, records: Sequence[MissionRecord], by: Authorship
) -> list[Written[ExpertiseMission]]:
    """Record each mission, or bring it to what the record says; each reference comes once. Says
    what was done, in order."""
    written = upsert(
        ExpertiseMission.objects.filter(programme=programme),
        [_row(programme, record) for record in records],
        key=[_KEY],
        fields=_FIELDS,
    )
    record_written(verb="record_missions", written=written, by=by)
    return written


def _row(programme: Programme, record: MissionRecord) -> ExpertiseMission:
    values = {name: getattr(record, name) for name in (_KEY, *_FIELDS)}
    return ExpertiseMission(programme=programme, **values)

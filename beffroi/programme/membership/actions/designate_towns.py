"""Give towns their place in a programme, one or thousands at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from beffroi.foundations.audit.actions import Authorship, record_written
from beffroi.foundations.upsert import Change, Written, upsert
from beffroi.programme.membership.models import Designation, Programme, TownGroup
from beffroi.programme.membership.queries import current_designations


@dataclass(frozen=True, slots=True)
class DesignationRecord:
    """A town in the programme. `group_reference` is empty for a town designated alone."""

    town_id: int
    group_reference: str = ""
    ended_on: date | None = None


@transaction.atomic
def designate_towns(
    *, programme: Programme, records: Sequence[DesignationRecord], by: Authorship
) -> list[Written[Designation]]:
    """Designate each town, or bring its current designation to what the record says.

    A town's current designation is the open one, else the latest to have ended. Each town comes
    once. Says what was done, in order. Never ends what a record does not end.
    """
    groups = _groups(programme, records)
    known = _current(programme, records)
    written = []
    for record in records:
        wanted = {
            "group_id": groups.get(record.group_reference),
            "ended_on": record.ended_on,
        }
        row = known.get(record.town_id)
        if row is None:
            row = Designation(programme=programme, town_id=record.town_id, **wanted)
            written.append(Written(row, Change.CREATED))
        else:
            written.append(_bring(row, wanted))
    created = [item.row for item in written if item.change is Change.CREATED]
    updated = [item.row for item in written if item.change is Change.UPDATED]
    if created:
        Designation.objects.bulk_create(created, batch_size=1000)
    if updated:
        Designation.objects.bulk_update(updated, ["group", "ended_on"], batch_size=1000)
    record_written(verb="designate_towns", written=written, by=by)
    return written


def _bring(row: Designation, wanted: Mapping[str, Any]) -> Written[Designation]:
    """Set what the record says otherwise."""
    differences = {
        name: (getattr(row, name), new) for name, new in wanted.items() if getattr(row, name) != new
    }
    for name, (_, new) in differences.items():
        setattr(row, name, new)
    return Written(row, Change.UPDATED if differences else Change.UNCHANGED, differences)


def _groups(programme: Programme, records: Sequence[DesignationRecord]) -> dict[str, int]:
    wanted = sorted({record.group_reference for record in records if record.group_reference})
    groups = [TownGroup(programme=programme, reference=reference) for reference in wanted]
    rows = TownGroup.objects.filter(programme=programme)
    written = upsert(rows, groups, key=["reference"], fields=[])
    return {item.row.reference: item.row.pk for item in written}


def _current(programme: Programme, records: Sequence[DesignationRecord]) -> dict[int, Designation]:
    rows = Designation.objects.filter(programme=programme)
    if len(records) == 1:
        rows = rows.filter(town_id=records[0].town_id)
    return current_designations(rows)

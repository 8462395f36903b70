"""Give towns their place in a programme, one or thousands at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from beffroi.foundations.audit.actions import Authorship, Differences, record_changes
from beffroi.foundations.upsert import Change, upsert
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
) -> list[Change]:
    """Designate each town, or bring its current designation to what the record says.

    A town's current designation is the open one, else the latest to have ended. Each town comes
    once. Says what was done, in order. Never ends what a record does not end.
    """
    groups = _groups(programme, records)
    known = _current(programme, records)
    created: list[Designation] = []
    updated: list[Designation] = []
    traced: list[tuple[Designation, Differences]] = []
    changes = []
    for record in records:
        group_id = groups.get(record.group_reference)
        row = known.get(record.town_id)
        if row is None:
            row = Designation(programme=programme, town_id=record.town_id)
            created.append(row)
            changes.append(Change.CREATED)
        elif (row.group_id, row.ended_on) == (group_id, record.ended_on):
            changes.append(Change.UNCHANGED)
        else:
            updated.append(row)
            changes.append(Change.UPDATED)
            traced.append((row, _differences(row, group_id, record.ended_on)))
        row.group_id, row.ended_on = group_id, record.ended_on
    if created:
        Designation.objects.bulk_create(created, batch_size=1000)
    if updated:
        Designation.objects.bulk_update(updated, ["group", "ended_on"], batch_size=1000)
    record_changes(verb="designate_towns", rows=traced, by=by)
    return changes


def _differences(row: Designation, group_id: int | None, ended_on: date | None) -> Differences:
    wanted = {"group_id": group_id, "ended_on": ended_on}
    return {
        name: (getattr(row, name), new) for name, new in wanted.items() if getattr(row, name) != new
    }


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

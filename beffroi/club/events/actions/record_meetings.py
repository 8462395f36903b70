"""Record meetings of the Club and how many came, one or hundreds at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from beffroi.club.events.models import Meeting
from beffroi.foundations.audit.actions import Authorship, record_changes, record_written
from beffroi.foundations.upsert import Change, Written, upsert


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """One meeting. `region_id` is empty for a national one, `participants` until people have been
    counted."""

    reference: str
    title: str
    kind: str
    held_on: date
    region_id: int | None
    participants: int | None


_KEY = "reference"
_FIELDS = [name for name in MeetingRecord.__dataclass_fields__ if name != _KEY]


@transaction.atomic
def record_meetings(*, records: Sequence[MeetingRecord], by: Authorship) -> list[Written[Meeting]]:
    """Record each meeting, or bring it to what the record says; each reference comes once. Says
    what was done, in order."""
    wanted = [Meeting(**asdict(record)) for record in records]
    written = upsert(Meeting.objects.all(), wanted, key=[_KEY], fields=_FIELDS)
    record_written(verb="record_meetings", written=written, by=by)
    return written


@transaction.atomic
def record_meeting(*, record: MeetingRecord, by: Authorship) -> Meeting:
    """Record one meeting, or correct it, and record who said so."""
    (written,) = record_meetings(records=[record], by=by)
    meeting = written.row
    if written.change is Change.CREATED:
        told = {name: (None, value) for name, value in asdict(record).items() if value is not None}
        record_changes(verb="record_meetings", rows=[(meeting, told)], by=by)
    return meeting

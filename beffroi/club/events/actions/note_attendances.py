"""Note which towns came to meetings, one or thousands at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from beffroi.club.events.models import Attendance
from beffroi.foundations.audit.actions import Authorship, record_changes, record_written
from beffroi.foundations.upsert import Change, Written, upsert


@dataclass(frozen=True, slots=True)
class AttendanceRecord:
    """A town at a meeting, and how many people it sent; empty where nobody counted."""

    meeting_id: int
    town_id: int
    people: int | None = None


@transaction.atomic
def note_attendances(
    *, records: Sequence[AttendanceRecord], by: Authorship
) -> list[Written[Attendance]]:
    """Note each presence, or bring it to what the record says; each town comes once per meeting.
    Says what was done, in order."""
    wanted = [Attendance(**asdict(record)) for record in records]
    rows = Attendance.objects.select_related("meeting")
    written = upsert(rows, wanted, key=["meeting_id", "town_id"], fields=["people"])
    record_written(verb="note_attendances", written=written, by=by)
    return written


@transaction.atomic
def note_attendance(*, record: AttendanceRecord, by: Authorship) -> Attendance:
    """Note that a town came to a meeting, and record who said so."""
    (written,) = note_attendances(records=[record], by=by)
    if written.change is Change.CREATED:
        told = {name: (None, value) for name, value in asdict(record).items() if value is not None}
        record_changes(verb="note_attendances", rows=[(written.row, told)], by=by)
    return written.row


@transaction.atomic
def withdraw_attendance(*, attendance: Attendance, by: Authorship) -> None:
    """Take back a presence noted by mistake; the trail keeps what was noted."""
    told = {name: (getattr(attendance, name), None) for name in ("meeting_id", "town_id", "people")}
    record_changes(verb="withdraw_attendance", rows=[(attendance, told)], by=by)
    attendance.delete()

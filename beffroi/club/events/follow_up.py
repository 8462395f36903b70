"""How `rencontres` is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from beffroi.club.events.actions import MeetingRecord, record_meetings
from beffroi.club.events.exports import export_meetings
from beffroi.club.events.follow_up_columns import MEETINGS
from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.imports.cells import Cells
from beffroi.foundations.imports.declarations import FollowUpFile, register
from beffroi.foundations.upsert import Change

_MOST_PEOPLE = 1_000_000


def _read(cells: Cells) -> MeetingRecord:
    held_on = cells.day("date")
    return MeetingRecord(
        reference=cells.key("id_evenement", longest=60),
        title=cells.key("titre", longest=300),
        kind=cells.text("type", longest=100),
        held_on=held_on,
        region_id=cells.region("region"),
        participants=_participants(cells, held_on),
    )


def _participants(cells: Cells, held_on: date) -> int | None:
    """Nobody is counted before the day of the meeting; afterwards the count is due."""
    if not cells["participants"] and held_on >= cells.today:
        return None
    return cells.whole("participants", most=_MOST_PEOPLE)


def _write(records: Sequence[MeetingRecord], by: Authorship) -> list[Change]:
    return record_meetings(records=records, by=by)


register(
    FollowUpFile(
        name="rencontres",
        label="rencontres du Club",
        order=90,
        described=MEETINGS,
        key_column="id_evenement",
        open=lambda: _read,
        key=lambda record: record.reference,
        write=_write,
        export=export_meetings,
    )
)

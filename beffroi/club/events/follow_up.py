"""How `rencontres` is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from beffroi.club.events.actions import MeetingRecord, record_meetings
from beffroi.club.events.exports import export_meetings
from beffroi.club.events.follow_up_columns import MEETINGS
from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.imports.cells import Cells
from beffroi.foundations.imports.changes import (
    RowChange,
    Shown,
    as_days,
    as_numbers,
    as_regions,
    as_text,
    row_changes,
)
from beffroi.foundations.imports.declarations import FollowUpFile, register

_MOST_PEOPLE = 1_000_000
_SHOWN = {
    "title": Shown("titre", as_text),
    "kind": Shown("type", as_text),
    "held_on": Shown("date", as_days),
    "region_id": Shown("region", as_regions),
    "participants": Shown("participants", as_numbers),
}


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


def _write(records: Sequence[MeetingRecord], by: Authorship) -> list[RowChange]:
    return row_changes(record_meetings(records=records, by=by), _SHOWN)


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

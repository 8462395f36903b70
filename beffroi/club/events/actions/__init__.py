"""The verbs of this room."""

from .note_attendances import (
    AttendanceRecord,
    note_attendance,
    note_attendances,
    withdraw_attendance,
)
from .record_meetings import MeetingRecord, record_meeting, record_meetings

__all__ = [
    "AttendanceRecord",
    "MeetingRecord",
    "note_attendance",
    "note_attendances",
    "record_meeting",
    "record_meetings",
    "withdraw_attendance",
]

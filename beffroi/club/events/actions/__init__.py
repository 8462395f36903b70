"""The verbs of this room."""

from .record_meetings import MeetingRecord, record_meetings

__all__ = ["MeetingRecord", "record_meetings"]

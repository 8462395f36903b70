"""What this room adds to the desk."""

from __future__ import annotations

from beffroi.foundations.audit.wording import name_acts
from beffroi.foundations.desk.registration import register_on_desk

from .desk import AttendanceViewSet, MeetingViewSet

name_acts(
    {
        "record_meetings": "Rencontre enregistrée",
        "note_attendances": "Présence notée",
        "withdraw_attendance": "Présence retirée",
    }
)
register_on_desk(MeetingViewSet)
register_on_desk(AttendanceViewSet)

"""What is entered at the desk about meetings."""

from __future__ import annotations

from typing import Any

from django import forms

from beffroi.club.events.actions import (
    AttendanceRecord,
    MeetingRecord,
    note_attendance,
    record_meeting,
)
from beffroi.club.events.models import Attendance, Meeting
from beffroi.club.events.permissions import visible_meetings
from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.desk.fields import RegionField, TownField
from beffroi.foundations.desk.forms import RegisterForm


class MeetingCorrection(RegisterForm):
    """What may be corrected of a meeting: everything but its key."""

    region = RegionField(help_text="Vide pour une rencontre nationale.")

    class Meta:
        model = Meeting
        fields = ["title", "kind", "held_on", "region", "participants"]

    def write(self, *, by: Authorship) -> Meeting:
        """Record the meeting."""
        row: Meeting = self.instance
        region = self.cleaned_data["region"]
        record = MeetingRecord(
            reference=row.reference,
            title=row.title,
            kind=row.kind,
            held_on=row.held_on,
            region_id=region.pk if region else None,
            participants=row.participants,
        )
        return record_meeting(record=record, by=by)


class MeetingForm(MeetingCorrection):
    """A new meeting."""

    class Meta(MeetingCorrection.Meta):
        fields = ["reference", *MeetingCorrection.Meta.fields]


class AttendanceCorrection(RegisterForm):
    """How many people a town sent."""

    class Meta:
        model = Attendance
        fields = ["people"]

    def write(self, *, by: Authorship) -> Attendance:
        """Note the presence."""
        row: Attendance = self.instance
        return note_attendance(
            record=AttendanceRecord(row.meeting_id, row.town_id, row.people), by=by
        )


class AttendanceForm(AttendanceCorrection):
    """A town that came to a meeting."""

    town = TownField()

    class Meta:
        model = Attendance
        fields = ["meeting", "town", "people"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meetings = self.fields["meeting"]
        assert isinstance(meetings, forms.ModelChoiceField)  # noqa: S101
        meetings.queryset = visible_meetings(self.scope)

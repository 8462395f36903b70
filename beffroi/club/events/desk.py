"""Meetings of the Club and the towns that came, on the desk."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.utils import timezone
from wagtail.admin.ui.tables import Column

from beffroi.club.events.actions import withdraw_attendance
from beffroi.club.events.bulk import CHANGE_KIND
from beffroi.club.events.forms import (
    AttendanceCorrection,
    AttendanceForm,
    MeetingCorrection,
    MeetingForm,
)
from beffroi.club.events.models import Attendance, Meeting
from beffroi.club.events.permissions import (
    editable_attendances,
    editable_meetings,
    visible_attendances,
    visible_meetings,
)
from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.desk.columns import PlainColumn, TownColumn
from beffroi.foundations.desk.fields import region_names
from beffroi.foundations.desk.viewsets import RegisterViewSet


class MeetingViewSet(RegisterViewSet):
    """Meetings, held or to come."""

    model = Meeting
    name = "rencontres"
    icon = "calendar-alt"
    menu_label = "Rencontres du Club"
    menu_order = 90
    visible = staticmethod(visible_meetings)
    editable = staticmethod(editable_meetings)
    form_class = MeetingForm
    correction_form_class = MeetingCorrection
    bulk_acts = (CHANGE_KIND,)
    list_filter = ["kind", "held_on"]
    list_display = [
        "title",
        "reference",
        "kind",
        PlainColumn("held_on", label="Date", sort_key="held_on"),
        Column("region_written", label="Région"),
        PlainColumn("participants", label="Participants", sort_key="participants"),
        PlainColumn("town_count", label="Communes venues"),
    ]
    list_export = ["reference", "title", "kind", "held_on", "region_written", "participants"]
    export_headings = {"region_written": "Région"}
    search_fields = ["title", "reference", "kind"]
    ordering = "-held_on"
    empty_words = "Aucune rencontre n’est enregistrée. Ajoutez la première, ou importez le fichier."

    def furnish(self, rows: list[Any]) -> None:
        """Add the région's name and the number of towns."""
        counts = dict(
            Attendance.objects.filter(meeting__in=[row.pk for row in rows])
            .values_list("meeting_id")
            .annotate(Count("pk"))
        )
        names = region_names(on=timezone.localdate())
        for row in rows:
            row.town_count = counts.get(row.pk, 0)
            row.region_written = names.get(row.region_id, "nationale")


class AttendanceViewSet(RegisterViewSet):
    """Which towns came to which meeting."""

    model = Attendance
    name = "presences"
    icon = "group"
    menu_label = "Présences aux rencontres"
    menu_order = 91
    visible = staticmethod(visible_attendances)
    editable = staticmethod(editable_attendances)
    form_class = AttendanceForm
    correction_form_class = AttendanceCorrection
    town_path = "town"
    list_related = ["meeting"]
    list_display = [
        "meeting",
        TownColumn(),
        PlainColumn("meeting.held_on", label="Date", sort_key="meeting__held_on"),
        PlainColumn("people", label="Personnes", sort_key="people"),
    ]
    list_export = ["meeting.reference", "meeting.title", "meeting.held_on", "town", "people"]
    search_fields = ["meeting__title", "meeting__reference"]
    empty_words = "Aucune présence n’est notée. Ajoutez une commune venue à une rencontre."

    @staticmethod
    def remove(row: Attendance, *, by: Authorship) -> None:  # type: ignore[override]
        """Take back a presence noted by mistake."""
        withdraw_attendance(attendance=row, by=by)

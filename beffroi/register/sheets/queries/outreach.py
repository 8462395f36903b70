"""The meetings of the Club that a town could attend."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from beffroi.club.events.models import Meeting

from .lines import MeetingLine

LIMIT = 50


def meetings_open_to(*, region_code: str, since: date, on: date) -> tuple[MeetingLine, ...]:
    """National meetings and those of the région, from a day to another, latest first. One query.

    Attendance is counted by people, not by towns: that a meeting was open to a town does not say
    that somebody of it came.
    """
    rows = Meeting.objects.filter(
        Q(region__isnull=True) | Q(region__code=region_code), held_on__range=(since, on)
    )
    return tuple(
        MeetingLine(
            pk=row.pk,
            title=row.title,
            kind=row.kind,
            held_on=row.held_on,
            is_national=row.region_id is None,
            participants=row.participants,
        )
        for row in rows.order_by("-held_on", "-pk")[:LIMIT]
    )

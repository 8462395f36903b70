"""The meetings of the Club, held and to come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from beffroi.club.events.models import Meeting

from ..asked import bound_asked, day_field
from ..paging import Asked, Listed, paginated
from ..queries import meetings_since, region_names
from ..schemas import MeetingInList

router = Router(tags=["Rencontres"])


class MeetingsAsked(Asked):
    """What the list of meetings may be asked."""

    depuis: str = day_field("Tenue ou annoncée ce jour-là ou après.")


@router.get(
    "/rencontres",
    response=Listed[MeetingInList],
    url_name="list_meetings",
    operation_id="list_meetings",
    summary="Les rencontres du Club",
)
def list_meetings(request: HttpRequest, response: HttpResponse, asked: Query[MeetingsAsked]) -> Any:
    """Les rencontres du Club tenues ou annoncées, de la plus récente à la plus ancienne."""
    today = timezone.localdate()
    found = meetings_since(bound_asked(asked.depuis))
    meetings, around = paginated(request, response, found, asked)
    regions = region_names(today)
    return {**around, "results": [_listed(meeting, regions, today) for meeting in meetings]}


def _listed(meeting: Meeting, regions: Mapping[str, str], today: date) -> dict[str, Any]:
    code = meeting.region.code if meeting.region else ""
    return {
        "reference": meeting.reference,
        "title": meeting.title,
        "kind": meeting.kind,
        "held_on": meeting.held_on,
        "is_past": meeting.held_on < today,
        "region": {"code": code, "name": regions.get(code, code)} if code else None,
        "participants": meeting.participants,
    }

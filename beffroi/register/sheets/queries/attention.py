"""What deserves attention on a sheet, by the same rules as the alerts of an area."""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.programme.agreements.rules import deadline_of
from beffroi.register.alerts.rules import (
    Alert,
    Place,
    Post,
    agreement_alert,
    in_order,
    post_alerts,
    stale_alert,
    unreached_alert,
)

from .sheet import TownSheet


def alerts_of(sheet: TownSheet) -> tuple[Alert, ...]:
    """The alerts of a followed town, the most pressing first; nothing is read again."""
    if not sheet.is_followed:
        return ()
    return tuple(in_order(list(_alerts(sheet))))


def _alerts(sheet: TownSheet) -> Iterator[Alert]:
    who = sheet.identity
    place = Place(who.town_id, who.name, who.code, who.department_code)
    clock = sheet.clock
    if clock.adhesion_on:
        deadline = deadline_of(
            town_id=who.town_id,
            adhesion_signed_on=clock.adhesion_on,
            framework_signed_on=clock.framework_on,
            as_of=sheet.as_of,
        )
        late = agreement_alert(place, deadline, on=sheet.as_of)
        if late:
            yield late
    posts = [
        Post(line.reference, line.started_on, line.ended_on, (who.town_id,)) for line in sheet.posts
    ]
    yield from post_alerts(posts, {who.town_id: place}, on=sheet.as_of)
    unreached = unreached_alert(
        place,
        has_mission=bool(sheet.missions.count),
        has_money=bool(sheet.money.committed),
        has_met=bool(sheet.meetings),
    )
    yield from (one for one in (stale_alert(place, sheet.freshness), unreached) if one)

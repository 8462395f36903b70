"""The alerts of an area on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256

from django.db.models import Count, Max
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from beffroi.foundations.imports.models import RefusedRow
from beffroi.foundations.mandates.queries import Scope
from beffroi.register.campaigns.queries import remaining_of_running

from ..models import AlertDecision
from ..rules import (
    Alert,
    AlertKind,
    agreement_alert,
    campaign_alert,
    in_order,
    post_alerts,
    rows_alert,
    stale_alert,
    unreached_alert,
)
from .reading import Reading, read_register

# The town's sheet stands in a room above: its address is asked by name.
_SHEET = "sheets:town"
_PAGES: Mapping[AlertKind, tuple[str, tuple[int, ...]]] = {
    AlertKind.ROWS_WAITING: ("imports_desk:queue", ()),
    AlertKind.CAMPAIGN_CLOSING: ("campaigns:running", ()),
}


def alerts_for(scope: Scope, *, on: date, town_ids: Iterable[int] | None = None) -> list[Alert]:
    """What deserves attention in an area, or about these of its towns: the most pressing first,
    without what was put off or filed. Partners have no area, and no alert."""
    standing = AlertDecision.objects.filter(undone_at__isnull=True)
    hidden = {decision.key for decision in standing if decision.hides_on(on)}
    return [
        alert for alert in every_alert(scope, on=on, town_ids=town_ids) if alert.key not in hidden
    ]


def every_alert(scope: Scope, *, on: date, town_ids: Iterable[int] | None = None) -> list[Alert]:
    """The same, with what was put off or filed."""
    if not scope.has_area:
        return []
    wanted = None if town_ids is None else frozenset(town_ids)
    reading = read_register(scope, on=on, town_ids=wanted)
    found = [*_of_towns(reading), *post_alerts(reading.posts, reading.places, on=on)]
    found += _of_campaign(reading, scope)
    if wanted is None and scope.is_national:
        found += _of_queue()
    return [replace(alert, url=_address(alert)) for alert in in_order(found)]


def _of_towns(reading: Reading) -> Iterator[Alert]:
    for town, place in reading.places.items():
        deadline = reading.deadlines.get(town)
        told = (
            deadline and agreement_alert(place, deadline, on=reading.on),
            stale_alert(place, reading.freshness[town]),
            unreached_alert(
                place,
                has_mission=town in reading.with_mission,
                has_money=town in reading.with_money,
                has_met=None if reading.met is None else town in reading.met,
            ),
        )
        yield from (alert for alert in told if isinstance(alert, Alert))


def _of_campaign(reading: Reading, scope: Scope) -> list[Alert]:
    running = remaining_of_running(scope, reading.places, on=reading.on)
    if running is None:
        return []
    campaign, remaining = running
    alert = campaign_alert(
        campaign_id=campaign.pk,
        title=campaign.title,
        closes_on=campaign.closes_on,
        area=_area(scope),
        remaining=[reading.places[town] for town in sorted(remaining)],
        on=reading.on,
    )
    return [alert] if alert else []


def _area(scope: Scope) -> str:
    """A short name for an area, the same for all who share it."""
    if scope.is_national:
        return "france"
    keys = "-".join(map(str, sorted(scope.department_ids)))
    return sha256(keys.encode()).hexdigest()[:16]


def _of_queue() -> list[Alert]:
    """The queue belongs to no area: those who look after the whole country empty it."""
    waiting = RefusedRow.objects.filter(resolved_at__isnull=True)
    told = waiting.aggregate(count=Count("pk"), last=Max("received_at"))
    last_on = timezone.localdate(told["last"]) if told["last"] else None
    alert = rows_alert(told["count"], last_on=last_on)
    return [alert] if alert else []


def _address(alert: Alert) -> str:
    """Where the matter is looked into; the desk's first page where no such page stands."""
    name, args = _PAGES.get(alert.kind, (_SHEET, alert.town_ids[:1]))
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return reverse("wagtailadmin_home")

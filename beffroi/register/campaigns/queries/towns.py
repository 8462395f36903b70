"""The towns that the register asks about."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from beffroi.foundations.mandates.queries import Scope, rows_within
from beffroi.foundations.territories.models import TownPeriod
from beffroi.foundations.territories.queries import living_towns
from beffroi.programme.membership.models import Designation, Programme

from ..models import Campaign


def active_town_ids(
    scope: Scope, *, on: date, programme: Programme | None = None
) -> frozenset[int]:
    """The living towns of an area that belong to a programme on a day, whichever programme it is
    where none is given."""
    rows = Designation.objects.filter(
        Q(started_on__isnull=True) | Q(started_on__lte=on),
        Q(ended_on__isnull=True) | Q(ended_on__gt=on),
        programme__launched_on__lte=on,
    )
    if programme is not None:
        rows = rows.filter(programme=programme)
    designated = frozenset(rows_within(rows, scope).values_list("town_id", flat=True))
    return _living(designated, on)


def asked_town_ids(campaign: Campaign, scope: Scope, *, on: date) -> frozenset[int]:
    """The towns of an area that a campaign asks about: active on the day, which is its last day
    once it is over."""
    day = min(max(on, campaign.opens_on), campaign.closes_on)
    return active_town_ids(scope, on=day, programme=campaign.programme)


def _living(town_ids: frozenset[int], on: date) -> frozenset[int]:
    """Each town itself where it lives that day, else the one that carries it."""
    rows = TownPeriod.objects.as_of(on).filter(town_id__in=town_ids)
    alive = frozenset(rows.values_list("town_id", flat=True))
    ended = town_ids - alive
    if not ended:
        return alive
    carriers = living_towns(on=on)
    return alive | {carriers[town_id] for town_id in ended}

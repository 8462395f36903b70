"""Ask every area to confirm its towns, for some weeks."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import Authorship, record_changes
from beffroi.foundations.mandates.queries import scope_of
from beffroi.programme.membership.models import Programme

from ..models import Campaign
from ..permissions import can_open


class BackwardCampaign(ValueError):
    """The campaign would end before it opens, or in the past."""


class CampaignsOverlap(ValueError):
    """Another campaign of the programme asks on some of these days."""

    def __init__(self, other: Campaign) -> None:
        self.other = other
        super().__init__(other.title)


@transaction.atomic
def open_campaign(
    *,
    title: str,
    programme: Programme,
    opens_on: date,
    closes_on: date,
    by: Authorship,
    note: str = "",
) -> Campaign:
    """Plan or open a campaign; both days are included. Mails follow with the next round.

    Raises PermissionDenied, BackwardCampaign, CampaignsOverlap.
    """
    actor = refuse_who_may_not_open(by)
    if closes_on < opens_on or closes_on < timezone.localdate(by.at):
        raise BackwardCampaign
    _refuse_overlap(programme, opens_on, closes_on)
    campaign = Campaign.objects.create(
        title=title,
        programme=programme,
        opens_on=opens_on,
        closes_on=closes_on,
        note=note,
        opened_at=by.at,
        opened_by=actor,
    )
    told = {"opens_on": (None, opens_on), "closes_on": (None, closes_on)}
    record_changes(verb="open_campaign", rows=[(campaign, told)], by=by)
    return campaign


@transaction.atomic
def prolong_campaign(*, campaign: Campaign, closes_on: date, by: Authorship) -> Campaign:
    """Give a campaign another last day. Raises PermissionDenied, BackwardCampaign,
    CampaignsOverlap, and BackwardCampaign too for one that was closed."""
    refuse_who_may_not_open(by)
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    first = max(campaign.opens_on, timezone.localdate(by.at))
    if closes_on < first or campaign.closed_at is not None:
        raise BackwardCampaign
    _refuse_overlap(campaign.programme, campaign.opens_on, closes_on, besides=campaign)
    before, campaign.closes_on = campaign.closes_on, closes_on
    campaign.save(update_fields=["closes_on"])
    told = {"closes_on": (before, closes_on)}
    record_changes(verb="prolong_campaign", rows=[(campaign, told)], by=by)
    return campaign


@transaction.atomic
def close_campaign(*, campaign: Campaign, by: Authorship) -> Campaign:
    """Stop taking answers, and writing to anybody, at once. Raises PermissionDenied."""
    refuse_who_may_not_open(by)
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if campaign.closed_at is None:
        campaign.closed_at = by.at
        campaign.save(update_fields=["closed_at"])
        told = {"closed_at": (None, by.at)}
        record_changes(verb="close_campaign", rows=[(campaign, told)], by=by)
    return campaign


def refuse_who_may_not_open(by: Authorship) -> User:
    """The person who decides. Raises PermissionDenied."""
    on = timezone.localdate(by.at)
    if by.actor is None or not can_open(by.actor, scope_of(by.actor, on=on)):
        raise PermissionDenied
    return by.actor


def _refuse_overlap(
    programme: Programme, opens_on: date, closes_on: date, *, besides: Campaign | None = None
) -> None:
    # Two people who open one at the same time wait for each other here.
    Programme.objects.select_for_update().get(pk=programme.pk)
    others = Campaign.objects.filter(
        Q(closed_at__isnull=True), programme=programme, opens_on__lte=closes_on,
        closes_on__gte=opens_on,
    )  # fmt: skip
    other = next((one for one in others if one != besides), None)
    if other is not None:
        raise CampaignsOverlap(other)

"""Write to those who still have towns to answer for, once a day at most."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import Authorship, record_act
from beffroi.foundations.mandates.queries import scope_of

from ..mails import area_of
from ..models import Campaign, CampaignReminder
from ..permissions import recipients
from ..queries import campaign_progress, running_campaigns
from ..rules import Stage, due_stage
from ..tasks import send_reminder
from .confirm_towns import CampaignNotRunning
from .open_campaign import refuse_who_may_not_open

_TAKEN_UP = timedelta(days=2)


def remind_campaigns(*, at: datetime) -> int:
    """Write today's mails of every running campaign; says how many. A second time writes none.

    What an earlier round wrote and did not send is taken up again, for two days.
    """
    on = timezone.localdate(at)
    _take_up(at)
    return sum(_write(one, at=at, on=on, stage=None) for one in running_campaigns(on))


def remind_on_demand(*, campaign: Campaign, by: Authorship) -> int:
    """Write now to everybody who has not finished, except those written to today; says how many.

    Raises PermissionDenied, CampaignNotRunning.
    """
    actor = refuse_who_may_not_open(by)
    on = timezone.localdate(by.at)
    if not campaign.is_running(on):
        raise CampaignNotRunning
    written = _write(campaign, at=by.at, on=on, stage=Stage.ON_DEMAND)
    told = {"written": [None, written]}
    record_act(verb="remind_campaign", target=campaign, at=by.at, actor=actor, changes=told)
    return written


def _take_up(at: datetime) -> None:
    waiting = CampaignReminder.objects.filter(
        claimed_at__isnull=True, written_at__gte=at - _TAKEN_UP, written_at__lt=at
    )
    for pk in waiting.values_list("pk", flat=True):
        send_reminder.enqueue(pk)


def _write(campaign: Campaign, *, at: datetime, on: date, stage: Stage | None) -> int:
    rows = CampaignReminder.objects.filter(campaign=campaign)
    written: dict[int, set[Stage]] = {}
    for recipient, past in rows.values_list("recipient_id", "stage"):
        written.setdefault(recipient, set()).add(Stage(past))
    today = CampaignReminder.objects.filter(written_on=on)
    busy = frozenset(today.values_list("recipient_id", flat=True))
    count = 0
    for person in recipients(on=on):
        due = stage or due_stage(
            opens_on=campaign.opens_on,
            closes_on=campaign.closes_on,
            on=on,
            written=written.get(person.pk, ()),
        )
        if due and person.pk not in busy:
            count += _write_to(person, campaign, at=at, on=on, stage=due)
    return count


def _write_to(person: User, campaign: Campaign, *, at: datetime, on: date, stage: Stage) -> int:
    scope = scope_of(person, on=on)
    found = campaign_progress(campaign, scope, on=on)
    if not found.remaining:
        return 0
    reminder = CampaignReminder(
        campaign=campaign,
        recipient=person,
        stage=str(stage),
        written_at=at,
        written_on=on,
        area=area_of(scope, found),
        remaining=len(found.remaining),
    )
    try:
        with transaction.atomic():
            reminder.save()
    except IntegrityError:  # another round wrote to this person at the same instant
        return 0
    send_reminder.enqueue(reminder.pk)
    return 1

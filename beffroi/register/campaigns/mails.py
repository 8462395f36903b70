"""The mail of a campaign to one person: only their towns, only those that remain."""

from __future__ import annotations

from datetime import date

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from beffroi.foundations.dates import format_date
from beffroi.foundations.mandates.queries import Scope, scope_of
from beffroi.foundations.notices.mails import (
    RenderedNotice,
    absolute,
    address_notice,
    render_notice,
)

from .models import Campaign, CampaignReminder
from .queries import CampaignProgress, campaign_progress
from .rules import Stage

_NAMES_SHOWN = 60


def reminder_mail(reminder: CampaignReminder, *, on: date) -> EmailMultiAlternatives | None:
    """The mail of a ledger row, as things stand when it leaves; None where nothing remains or the
    campaign takes no answer any more."""
    scope = scope_of(reminder.recipient, on=on)
    if not scope.has_area or not reminder.campaign.is_running(on):
        return None
    found = campaign_progress(reminder.campaign, scope, on=on)
    if not found.remaining:
        return None
    rendered = render_reminder(reminder.campaign, found, stage=Stage(reminder.stage), on=on)
    return address_notice(rendered, recipient=reminder.recipient)


def render_reminder(
    campaign: Campaign, found: CampaignProgress, *, stage: Stage, on: date
) -> RenderedNotice:
    """Both parts of the mail, for an area."""
    total = found.total
    waiting = "1 commune" if total.remaining == 1 else f"{total.remaining} communes"
    subjects = {
        Stage.OPENING: f"{campaign.title}\u00a0: {waiting} à confirmer",
        Stage.LAST: f"Plus que quelques jours\u00a0: {waiting} à confirmer",
    }
    return render_notice(
        template="campaigns/mail/reminder",
        subject=subjects.get(stage, f"Rappel\u00a0: {waiting} à confirmer"),
        context={
            "campaign": campaign,
            "is_opening": stage is Stage.OPENING,
            "total": total,
            "waiting": waiting,
            "closes_on": format_date(campaign.closes_on),
            "days_left": (campaign.closes_on - on).days,
            "departments": _remaining_names(found),
            "link": absolute(reverse("campaigns:detail", args=[campaign.pk]) + "?etat=a-confirmer"),
        },
    )


def _remaining_names(found: CampaignProgress) -> list[tuple[str, list[str], int]]:
    """Each département with the names that fit, and how many others."""
    grouped: dict[str, list[str]] = {}
    for town in found.remaining:
        label = found.areas.labels[town]
        grouped.setdefault(label.department_code, []).append(f"{label.name} ({label.code})")
    return [
        (
            f"{found.areas.names(code)[0]} ({code})",
            sorted(names)[:_NAMES_SHOWN],
            max(0, len(names) - _NAMES_SHOWN),
        )
        for code, names in sorted(grouped.items())
    ]


def area_of(scope: Scope, found: CampaignProgress) -> str:
    """The area in the ledger's words: `France`, or the codes of its départements."""
    if scope.is_national:
        return "France"
    return ",".join(sorted({label.department_code for label in found.areas.labels.values()}))[:500]

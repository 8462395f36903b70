"""Mails that leave after the request has been answered. Actions enqueue these."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from beffroi.foundations.notices.sending import send_once

from .mails import reminder_mail
from .models import CampaignReminder


@task()
def send_reminder(pk: int, attempt: int = 0) -> None:
    """Mail one row of the ledger; nothing when it was sent, or when nothing remains."""
    reminder = CampaignReminder.objects.select_related("recipient", "campaign").filter(pk=pk)
    row = reminder.first()
    send_once(
        row,
        lambda: reminder_mail(row, on=timezone.localdate()) if row else None,
        own_task=send_reminder,
        attempt=attempt,
    )

"""Mails that leave after the round has ended. Actions enqueue these."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from beffroi.foundations.notices.sending import send_once

from .mails import digest_mail
from .models import WeeklyDigest


@task()
def send_digest(pk: int, attempt: int = 0) -> None:
    """Mail one row of the ledger; nothing when it was sent, or when nothing is left to say."""
    row = WeeklyDigest.objects.select_related("recipient").filter(pk=pk).first()
    send_once(
        row,
        lambda: digest_mail(row.recipient, on=timezone.localdate()) if row else None,
        own_task=send_digest,
        attempt=attempt,
    )

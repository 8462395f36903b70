"""Mails that leave after the request has been answered.

Actions enqueue these, so this room stands below them and never imports one.
"""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks import task

from . import mails
from .models import Subscriber

# A relay that is down for a while, or that greylists, loses nobody's request.
_WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 40))


@task()
def send_confirmation(uid: str, attempt: int = 0) -> None:
    """Mail the link of the open request; nothing when it was closed meanwhile."""
    subscriber = Subscriber.objects.filter(uid=uid, asked_at__isnull=False).first()
    if subscriber is not None:
        _send(mails.confirmation(subscriber), send_confirmation, uid, attempt)


@task()
def send_reminder(uid: str, attempt: int = 0) -> None:
    """Tell a reader, or someone who typed that address, that it is subscribed already."""
    subscriber = Subscriber.objects.confirmed().filter(uid=uid).first()
    if subscriber is not None:
        _send(mails.reminder(subscriber), send_reminder, uid, attempt)


def _send(message: EmailMessage, own_task: Any, uid: str, attempt: int) -> None:
    """Send, or have the task run again later; the fifth failure stays as the task's own."""
    try:
        message.send()
    except (SMTPException, OSError):
        if attempt >= len(_WAITS) or not own_task.get_backend().supports_defer:
            raise
        later = own_task.using(run_after=timezone.now() + _WAITS[attempt])
        later.enqueue(uid, attempt + 1)

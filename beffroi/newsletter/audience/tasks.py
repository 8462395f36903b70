"""Mails that leave after the request has been answered.

Actions enqueue these, so this room stands below them and never imports one.
"""

from __future__ import annotations

from django_tasks import task

from . import mails
from .models import Subscriber


@task()
def send_confirmation(uid: str) -> None:
    """Mail the link of the open request; nothing when it was closed meanwhile."""
    subscriber = Subscriber.objects.filter(uid=uid, asked_at__isnull=False).first()
    if subscriber is not None:
        mails.confirmation(subscriber).send()


@task()
def send_reminder(uid: str) -> None:
    """Tell a reader, or someone who typed that address, that it is subscribed already."""
    subscriber = Subscriber.objects.confirmed().filter(uid=uid).first()
    if subscriber is not None:
        mails.reminder(subscriber).send()

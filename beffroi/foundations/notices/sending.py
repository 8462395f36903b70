"""Hand one mail of the ledger to the relay, at most once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from django.core.mail import EmailMessage
from django.utils import timezone

from .models import Notice

# A relay that is down for a while, or that greylists, loses no mail.
_WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 40))


def send_once(
    notice: Notice | None,
    compose: Callable[[], EmailMessage | None],
    *,
    own_task: Any,
    attempt: int,
) -> None:
    """Claim the row, compose, send, settle. `compose` gives None where there is nothing left to
    say: the row stays claimed. A relay that refuses gives the row back, and the task comes again
    later; the fifth failure stays as the task's own, and the next round takes the row up."""
    if notice is None or not notice.claim(timezone.now()):
        return
    message = compose()
    if message is None:
        return
    try:
        message.send()
    except (SMTPException, OSError):
        notice.release()
        if attempt >= len(_WAITS) or not own_task.get_backend().supports_defer:
            raise
        later = own_task.using(run_after=timezone.now() + _WAITS[attempt])
        later.enqueue(notice.pk, attempt + 1)
    else:
        notice.settle(timezone.now())

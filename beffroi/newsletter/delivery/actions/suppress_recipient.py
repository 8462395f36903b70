"""Take a person out of what has not left yet."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from ..models import LedgerRow, Mailing
from ..rules import Outcome

_RUNNING = (Mailing.State.OPEN, Mailing.State.SENDING)
_UNSETTLED = (Outcome.PENDING, Outcome.SENDING)


def suppress_recipient(*, recipient_key: str, at: datetime) -> int:
    """Submit nothing more to that person, running mailings included; how many rows were settled.

    A message that is leaving at this very instant cannot be called back: it ends as the relay
    answers, but is not tried again.
    """
    with transaction.atomic():
        rows = LedgerRow.objects.filter(
            recipient_key=recipient_key, outcome__in=_UNSETTLED, mailing__state__in=_RUNNING
        )
        mailings = list(Mailing.objects.filter(pk__in=rows.values("mailing")))
        # First the mark, which also reaches a row in a worker's hands and stops its next try;
        # then whatever is not in flight, a row that the worker returns in between included.
        rows.update(withdrawn_at=at)
        settled = _settle_at_rest(recipient_key, at)
        for mailing in mailings:
            mailing.finish_if_settled(at=at)
    return settled


def _settle_at_rest(recipient_key: str, at: datetime) -> int:
    at_rest = LedgerRow.objects.filter(
        Q(outcome=Outcome.PENDING) | Q(outcome=Outcome.SENDING, submitted_at__isnull=True),
        recipient_key=recipient_key,
        withdrawn_at__isnull=False,
    )
    ending = {"settled_at": at, "next_attempt_at": None, "worker": None}
    # One cut short earlier may have been taken by the relay: the person may have it.
    uncertain = at_rest.filter(is_interrupted=True).update(outcome=Outcome.UNCERTAIN, **ending)
    return uncertain + at_rest.update(outcome=Outcome.SUPPRESSED, **ending)

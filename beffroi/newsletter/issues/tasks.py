"""What must not hold a page of the desk."""

from __future__ import annotations

from django_tasks import task

from beffroi.newsletter.delivery.actions import deliver_mailing
from beffroi.newsletter.delivery.clock import SystemClock
from beffroi.newsletter.delivery.relay import relay_transport


@task()
def deliver_released_issue(mailing_id: int) -> None:
    """Deliver an open mailing. If this process dies, the next one takes the ledger up again."""
    deliver_mailing(mailing_id=mailing_id, transport=relay_transport(), clock=SystemClock())

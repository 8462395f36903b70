"""Open the mailing of an approved issue, and publish its page."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import record_act
from beffroi.newsletter.audience.queries import recipients
from beffroi.newsletter.delivery.actions import open_mailing
from beffroi.newsletter.delivery.models import Mailing

from ..models import IssuePage
from ..permissions import can_deliver
from ..whole_letter import approval_proofs, latest_version, letter_of


class NotScheduled(Exception):
    """The issue has no date of sending, hence nothing whole that could be approved."""


class NotEntitled(Exception):
    """The person may not send."""


@transaction.atomic
def release_issue(*, issue_id: int, opened_at: datetime, opened_by: User | None = None) -> Mailing:
    """Freeze the approved letter and its audience, and publish the issue on the web.

    `opened_by` is None from the command line, where the machine's own access stands for the right.
    The page and the mailing appear together or not at all. Raises NotScheduled, NotEntitled, and
    whatever `open_mailing` refuses: NotApproved, MailingExists, EmptyAudience.
    """
    if opened_by is not None and not can_deliver(opened_by):
        raise NotEntitled(opened_by.pk)
    issue = IssuePage.objects.select_for_update().get(pk=issue_id)
    version = latest_version(issue)
    whole = letter_of(version)
    if whole is None:
        raise NotScheduled(version.number)
    mailing = open_mailing(
        # The number that is published with it: the page may still bear the one before a draft.
        number=version.number,
        letter=whole.letter,
        recipients=recipients(),
        proofs=approval_proofs(issue),
        opened_at=opened_at,
        opened_by=opened_by,
    )
    if version.latest_revision:
        # The right to send, checked above, is the right to publish what is sent.
        version.latest_revision.publish(user=opened_by, skip_permission_checks=True)
    record_act(
        verb="release_issue",
        target=issue,
        at=opened_at,
        actor=opened_by,
        changes={"content_hash": [None, whole.content_hash]},
    )
    return mailing

"""Approve a letter as it stands, or take an approval back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import record_act

from ..models import Approval, IssuePage
from ..permissions import can_approve
from ..queries import unpublished_reports
from ..rules import ApprovalRefusal, approval_refusal
from ..whole_letter import author_of, latest_version, letter_of


class ApprovalRefused(Exception):
    """The approval was not recorded; `refusal` states the fact."""

    def __init__(self, refusal: ApprovalRefusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@transaction.atomic
def approve_issue(
    *, issue_id: int, approver: User, content_hash: str, approved_at: datetime
) -> Approval:
    """Record that `approver` approves the letter that hashes to `content_hash`.

    The hash is the one the person saw; it is compared with the letter as it stands now.
    Raises ApprovalRefused.
    """
    issue = IssuePage.objects.select_for_update().get(pk=issue_id)
    version = latest_version(issue)
    author = author_of(version)
    whole = letter_of(version)
    current_hash = whole.content_hash if whole else None
    refusal = approval_refusal(
        is_entitled=can_approve(approver),
        approver_id=approver.pk,
        author_id=author.pk if author else None,
        seen_hash=content_hash,
        current_hash=current_hash,
        earlier_approver_ids=set(
            issue.approvals.filter(content_hash=current_hash).values_list("approver_id", flat=True)
        ),
    )
    if not refusal and unpublished_reports(version):
        refusal = ApprovalRefusal.UNPUBLISHED_FIGURES
    if refusal:
        raise ApprovalRefused(refusal)
    approval = Approval.objects.create(
        issue=issue,
        content_hash=content_hash,
        approver=approver,
        author=author,
        approved_at=approved_at,
    )
    record_act(
        verb="approve_issue",
        target=issue,
        at=approved_at,
        actor=approver,
        changes={"content_hash": [None, content_hash]},
    )
    return approval


@transaction.atomic
def withdraw_approval(*, approval_id: int, approver: User, withdrawn_at: datetime) -> None:
    """Take one's own approval back. The trail keeps both acts; a mailing already open goes on."""
    approval = Approval.objects.select_for_update().get(pk=approval_id, approver=approver)
    record_act(
        verb="withdraw_approval",
        target=approval.issue,
        at=withdrawn_at,
        actor=approver,
        changes={"content_hash": [approval.content_hash, None]},
    )
    approval.delete()

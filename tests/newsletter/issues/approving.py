"""People with roles, and their approvals, for the tests."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib.auth.models import Group

from beffroi.foundations.accounts.models import User
from beffroi.newsletter.issues.actions.approve_issue import approve_issue
from beffroi.newsletter.issues.models import Approval, IssuePage
from beffroi.newsletter.issues.whole_letter import latest_version, letter_of

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)


def person(name: str, *roles: str) -> User:
    user = User.objects.create_user(f"{name}@beffroi.example", first_name=name)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def seen_hash(issue: IssuePage) -> str:
    whole = letter_of(latest_version(issue))
    assert whole is not None
    return whole.content_hash


def approve(issue: IssuePage, approver: User) -> Approval:
    return approve_issue(
        issue_id=issue.pk, approver=approver, content_hash=seen_hash(issue), approved_at=NOON
    )

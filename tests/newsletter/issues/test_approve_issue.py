"""Two different people approve one hash; any change voids it."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.models import AuditEntry
from beffroi.newsletter.issues.actions.approve_issue import (
    ApprovalRefused,
    approve_issue,
    withdraw_approval,
)
from beffroi.newsletter.issues.models import Approval, IssuePage
from beffroi.newsletter.issues.rules import ApprovalRefusal
from beffroi.newsletter.issues.whole_letter import (
    is_approved,
    latest_version,
    standing_approvals,
)
from beffroi.progress.actions import freeze_snapshot, publish_snapshot
from tests.newsletter.issues.factories import section
from tests.progress.factories import DAY, FROZEN_AT, designate, new_town

from .approving import NOON, approve, person, seen_hash

pytestmark = pytest.mark.django_db


def test_needs_two_people(issue: IssuePage) -> None:
    approve(issue, person("directrice", "Approbation"))
    assert not is_approved(issue, content_hash=seen_hash(issue))
    approve(issue, person("relecteur", "Approbation"))
    assert is_approved(issue, content_hash=seen_hash(issue))


def test_refuses_a_second_approval_by_the_same_person(issue: IssuePage) -> None:
    director = person("directrice", "Approbation")
    approve(issue, director)
    with pytest.raises(ApprovalRefused) as refused:
        approve(issue, director)
    assert refused.value.refusal is ApprovalRefusal.ALREADY_APPROVED


def test_refuses_approval_by_the_author(issue: IssuePage, editor: User) -> None:
    editor.groups.add(Group.objects.get(name="Approbation"))
    with pytest.raises(ApprovalRefused) as refused:
        approve(issue, User.objects.get(pk=editor.pk))
    assert refused.value.refusal is ApprovalRefusal.OWN_WORK


def test_refuses_approval_without_the_right(issue: IssuePage) -> None:
    with pytest.raises(ApprovalRefused) as refused:
        approve(issue, person("curieux", "Registre"))
    assert refused.value.refusal is ApprovalRefusal.NOT_ENTITLED


def test_refuses_approval_of_a_content_nobody_sees_any_more(issue: IssuePage, editor: User) -> None:
    seen = seen_hash(issue)
    version = latest_version(issue)
    version.headline = "<p>Un mot de plus.</p>"
    version.save_revision(user=editor)
    with pytest.raises(ApprovalRefused) as refused:
        approve_issue(
            issue_id=issue.pk,
            approver=person("directrice", "Approbation"),
            content_hash=seen,
            approved_at=NOON,
        )
    assert refused.value.refusal is ApprovalRefusal.CONTENT_CHANGED


def test_refuses_figures_that_the_public_cannot_read(issue: IssuePage, editor: User) -> None:
    designate(new_town())
    report = freeze_snapshot(as_of=DAY, frozen_at=FROZEN_AT)
    value = {"title": "Le point", "snapshot": report.reference, "indicators": ["active_towns"]}
    version = latest_version(issue)
    version.body = json.dumps([section(("progress", value))])  # type: ignore[assignment]
    version.save_revision(user=editor)
    director = person("directrice", "Approbation")
    with pytest.raises(ApprovalRefused) as refused:
        approve(issue, director)
    assert refused.value.refusal is ApprovalRefusal.UNPUBLISHED_FIGURES
    publish_snapshot(reference=report.reference, published_at=FROZEN_AT)
    approve(issue, director)


@pytest.mark.parametrize("field", ["title", "headline", "scheduled_for", "sender", "body"])
def test_any_change_voids_both_approvals(issue: IssuePage, editor: User, field: str) -> None:
    for name in ("directrice", "relecteur"):
        approve(issue, person(name, "Approbation"))
    version = latest_version(issue)
    if field == "sender":
        newsletter = issue.newsletter
        newsletter.sender_name += "."
        newsletter.save()
    elif field == "scheduled_for":
        version.scheduled_for = NOON.replace(minute=1)
    elif field == "body":
        setattr(version, field, [("section", {"title": "L'actu", "items": []})])
    else:
        setattr(version, field, getattr(version, field) + ".")
    version.save_revision(user=editor)
    assert not is_approved(issue, content_hash=seen_hash(issue))
    assert standing_approvals(issue, content_hash=seen_hash(issue)) == []


def test_undoing_a_change_restores_what_was_approved(issue: IssuePage, editor: User) -> None:
    for name in ("directrice", "relecteur"):
        approve(issue, person(name, "Approbation"))
    version = latest_version(issue)
    before, version.title = version.title, "Autre titre"
    version.save_revision(user=editor)
    version.title = before
    version.save_revision(user=editor)
    assert is_approved(issue, content_hash=seen_hash(issue))


def test_takes_an_approval_back_and_keeps_the_trail(issue: IssuePage) -> None:
    director = person("directrice", "Approbation")
    approval = approve(issue, director)
    withdraw_approval(approval_id=approval.pk, approver=director, withdrawn_at=NOON)
    assert standing_approvals(issue, content_hash=seen_hash(issue)) == []
    verbs = AuditEntry.objects.values_list("verb", flat=True)
    assert {"approve_issue", "withdraw_approval"} <= set(verbs)


def test_refuses_to_take_back_the_approval_of_somebody_else(issue: IssuePage) -> None:
    approval = approve(issue, person("directrice", "Approbation"))
    with pytest.raises(Approval.DoesNotExist):
        withdraw_approval(
            approval_id=approval.pk, approver=person("relecteur", "Approbation"), withdrawn_at=NOON
        )


def test_the_database_itself_refuses_an_author_as_approver(issue: IssuePage, editor: User) -> None:
    with pytest.raises(IntegrityError):
        Approval.objects.create(
            issue=issue, content_hash="a" * 64, approver=editor, author=editor, approved_at=NOON
        )

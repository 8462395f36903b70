"""Nothing leaves without two approvals, from the desk, the command line or anywhere else."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from beffroi.foundations.accounts.models import User
from beffroi.newsletter.delivery.actions import MailingExists, NotApproved
from beffroi.newsletter.delivery.models import LedgerRow, Mailing
from beffroi.newsletter.issues.actions.deliver_issue import (
    NotEntitled,
    NotScheduled,
    release_issue,
)
from beffroi.newsletter.issues.models import IssuePage
from beffroi.newsletter.issues.whole_letter import latest_version

from ..audience.factories import SubscriberFactory
from ..delivery.sink import Sink
from .approving import NOON, approve, person, seen_hash

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved(issue: IssuePage) -> IssuePage:
    """The draft, approved by two people, with three readers waiting."""
    SubscriberFactory.create_batch(3)
    for name in ("directrice", "relecteur"):
        approve(issue, person(name, "Approbation"))
    return issue


def test_delivers_what_was_approved_to_every_reader(approved: IssuePage, sink: Sink) -> None:
    call_command("deliver_issue", "18")
    assert {taken.recipient for taken in sink.taken} == set(
        LedgerRow.objects.filter(outcome="accepted").values_list("address", flat=True)
    )
    assert len(sink.taken) == 3
    assert Mailing.objects.get().content_hash == seen_hash(approved)


def test_publishes_the_page_with_the_mailing(approved: IssuePage) -> None:
    release_issue(issue_id=approved.pk, opened_at=NOON)
    approved.refresh_from_db()
    assert approved.live


def test_the_command_refuses_a_letter_with_one_approval(issue: IssuePage) -> None:
    SubscriberFactory.create()
    approve(issue, person("directrice", "Approbation"))
    with pytest.raises(CommandError, match="deux personnes"):
        call_command("deliver_issue", "18")
    assert not Mailing.objects.exists()


def test_the_action_refuses_a_letter_changed_after_its_approvals(
    approved: IssuePage, editor: User
) -> None:
    approved.title += " "
    approved.headline += "<p>Un octet.</p>"
    approved.save_revision(user=editor)
    with pytest.raises(NotApproved):
        release_issue(issue_id=approved.pk, opened_at=NOON)
    assert not Mailing.objects.exists()


def test_refuses_to_open_the_same_issue_twice(approved: IssuePage) -> None:
    release_issue(issue_id=approved.pk, opened_at=NOON)
    with pytest.raises(MailingExists):
        release_issue(issue_id=approved.pk, opened_at=NOON)


def test_refuses_an_issue_without_a_date(issue: IssuePage, editor: User) -> None:
    issue.scheduled_for = None
    issue.save_revision(user=editor)
    with pytest.raises(NotScheduled):
        release_issue(issue_id=issue.pk, opened_at=NOON)


def test_refuses_a_person_without_the_right_to_send(approved: IssuePage) -> None:
    with pytest.raises(NotEntitled):
        release_issue(issue_id=approved.pk, opened_at=NOON, opened_by=person("curieux"))


def test_the_desk_approves_then_delivers(
    issue: IssuePage,
    sink: Sink,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    SubscriberFactory.create()
    approve(issue, person("relecteur", "Approbation"))
    client.force_login(person("directrice", "Approbation", "Envoi"))
    page = client.get("/bureau/approbations/18/").content.decode()
    assert "Envoyer" not in page
    client.post("/bureau/approbations/18/approuver/", {"content_hash": seen_hash(issue)})
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/bureau/approbations/18/envoyer/")
    assert len(sink.taken) == 1


@pytest.mark.usefixtures("issue")
def test_the_desk_refuses_to_deliver_what_is_not_approved(client: Client) -> None:
    SubscriberFactory.create()
    client.force_login(person("directrice", "Envoi"))
    response = client.post("/bureau/approbations/18/envoyer/", follow=True)
    assert "Deux personnes" in response.content.decode()
    assert not Mailing.objects.exists()


@pytest.mark.parametrize("verb", ["approuver", "envoyer", "retirer"])
@pytest.mark.usefixtures("issue")
def test_the_desk_is_closed_to_strangers(client: Client, verb: str) -> None:
    assert client.post(f"/bureau/approbations/18/{verb}/").status_code == 302
    client.force_login(person("curieux"))
    assert client.post(f"/bureau/approbations/18/{verb}/").status_code in {302, 403, 404}
    assert not Mailing.objects.exists()


@pytest.mark.usefixtures("issue")
def test_shows_the_mail_without_any_script(client: Client) -> None:
    client.force_login(person("directrice", "Approbation"))
    response = client.get("/bureau/approbations/18/courriel/html/")
    assert "script-src 'none'" in response["Content-Security-Policy"]
    assert "Lettre" in response.content.decode()


def test_a_letter_renumbered_in_its_draft_leaves_once(issue: IssuePage, editor: User) -> None:
    SubscriberFactory.create()
    draft = latest_version(issue)
    draft.number = 20
    draft.save_revision(user=editor)
    for name in ("directrice", "relecteur"):
        approve(issue, person(name, "Approbation"))
    assert release_issue(issue_id=issue.pk, opened_at=NOON).number == 20
    with pytest.raises(MailingExists):
        release_issue(issue_id=issue.pk, opened_at=NOON)

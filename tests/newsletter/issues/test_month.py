"""The desk opens on the month's letter, for those who work on it."""

from __future__ import annotations

import pytest
from django.test import Client

from beffroi.newsletter.issues.actions.deliver_issue import release_issue
from beffroi.newsletter.issues.models import IssuePage
from beffroi.newsletter.issues.whole_letter import latest_letters

from ..audience.factories import SubscriberFactory
from .approving import NOON, approve, person

pytestmark = pytest.mark.django_db


def words() -> list[str]:
    return [letter.words for letter in latest_letters(5)]


def test_tells_how_far_an_issue_is(issue: IssuePage) -> None:
    assert words() == ["0 approbation sur 2"]
    approve(issue, person("directrice", "Approbation"))
    assert words() == ["1 approbation sur 2"]
    approve(issue, person("relecteur", "Approbation"))
    assert words() == ["2 approbations sur 2"]
    SubscriberFactory.create()
    release_issue(issue_id=issue.pk, opened_at=NOON)
    assert words() == ["en cours d’envoi"]


def test_says_that_a_date_is_missing(issue: IssuePage) -> None:
    issue.scheduled_for = None
    issue.save_revision()
    assert words() == ["en cours d’écriture, sans date d’envoi"]


def test_follows_the_draft_and_not_the_row(issue: IssuePage, client: Client) -> None:
    """A date, a title and a number given in a later draft are in the revision alone."""
    IssuePage.objects.update(scheduled_for=None)
    issue.title, issue.number = "Titre du brouillon", 20
    issue.save_revision()
    client.force_login(person("directrice", "Approbation"))
    for page in ("/bureau/", "/bureau/approbations/"):
        content = client.get(page).content.decode()
        assert "Titre du brouillon" in content
        assert 'href="/bureau/approbations/18/"' in content
    content = client.get("/bureau/approbations/18/").content.decode()
    assert 'action="/bureau/approbations/18/approuver/"' in content


@pytest.mark.usefixtures("issue")
@pytest.mark.parametrize(
    ("role", "sees", "writes"),
    [("Rédaction", True, True), ("Approbation", True, False), ("Registre", False, False)],
)
def test_shows_each_role_what_it_can_do(
    client: Client, role: str, sees: bool, writes: bool
) -> None:
    client.force_login(person("personne", role))
    page = client.get("/bureau/").content.decode()
    assert ("La lettre du mois" in page, "Écrire un numéro" in page) == (sees, writes)


def test_shows_what_left_even_after_the_page_was_corrected(
    issue: IssuePage, client: Client
) -> None:
    SubscriberFactory.create()
    for name in ("directrice", "relecteur"):
        approve(issue, person(name, "Approbation"))
    mailing = release_issue(issue_id=issue.pk, opened_at=NOON)
    issue.refresh_from_db()
    issue.title = "Un erratum"
    issue.save_revision()
    client.force_login(person("curieuse", "Approbation"))
    page = client.get("/bureau/approbations/18/").content.decode()
    assert mailing.content_hash in page
    assert "Un erratum" not in client.get("/bureau/approbations/18/courriel/html/").content.decode()

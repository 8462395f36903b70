"""What the desk refuses, whatever a browser sends, without an error page."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Page

from beffroi.foundations.accounts.models import User
from beffroi.newsletter.issues.models import Approval, IssuePage
from beffroi.newsletter.issues.whole_letter import latest_version

from .approving import approve, person
from .test_desk_editing import form

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def director() -> User:
    return person("directrice", "Approbation")


@pytest.fixture
def chief() -> Client:
    return signed_in(User.objects.create_superuser("chef@beffroi.example", "x"))


@pytest.mark.parametrize("role", ["Registre", "Abonnés"])
@pytest.mark.parametrize("page", ["", "18/", "18/courriel/html/", "18/courriel/text/"])
def test_a_letter_to_come_is_read_by_those_who_work_on_it_alone(
    page: str, role: str, issue: IssuePage
) -> None:
    assert issue.number == 18
    client = signed_in(person("autre", role))
    response = client.get(f"/bureau/approbations/{page}")
    assert response.status_code == 302
    assert response["Location"] == "/bureau/"


@pytest.mark.parametrize("sign", ["\n", "\r\nBcc: x@exemple.fr", "\u2028", "\x07"])
def test_a_title_that_no_mail_could_carry_is_refused_in_the_form(
    sign: str, issue: IssuePage, editor: User
) -> None:
    fields = form(title=f"Une{sign}lettre", scheduled_for="2026-12-01 10:00")
    response = signed_in(editor).post(f"/bureau/pages/{issue.pk}/edit/", fields)
    assert "title" in response.context["form"].errors
    assert latest_version(issue).title == issue.title


def test_a_sender_that_no_mail_could_name_is_refused_even_in_a_draft(issue: IssuePage) -> None:
    letter = issue.newsletter
    letter.sender_name = "Lettre\nBcc: x@exemple.fr"
    with pytest.raises(ValidationError, match="une ligne"):
        letter.save_revision()


@pytest.mark.parametrize("number", ["abc", "", "-1", "9" * 5000, "\x00"])
def test_an_approval_that_does_not_exist_is_not_found(
    number: str, issue: IssuePage, director: User
) -> None:
    approve(issue, director)
    fields = {"approval": number}
    response = signed_in(director).post("/bureau/approbations/18/retirer/", fields)
    assert response.status_code == 404
    assert Approval.objects.exists()


@pytest.mark.parametrize("seen", ["", "\x00", "a" * 9999])
def test_a_made_up_hash_approves_nothing(seen: str, issue: IssuePage, director: User) -> None:
    fields = {"content_hash": seen}
    response = signed_in(director).post("/bureau/approbations/18/approuver/", fields)
    assert response.status_code == 302
    assert not issue.approvals.exists()


@pytest.mark.parametrize("alias", ["", "on"])
def test_an_issue_is_not_copied(alias: str, issue: IssuePage, chief: Client) -> None:
    parent = issue.get_parent()
    fields = {"new_title": "Copie", "new_slug": "copie", "new_parent_page": parent.pk}
    chief.post(f"/bureau/pages/{issue.pk}/copy/", fields | {"alias": alias} if alias else fields)
    assert IssuePage.objects.count() == 1


def deleting(page: Page) -> tuple[str, str]:
    bulk = f"/bureau/bulk/wagtailcore/page/delete/?id={page.pk}"
    return f"/bureau/pages/{page.pk}/delete/", bulk


def test_an_approved_issue_is_not_deleted(issue: IssuePage, director: User, chief: Client) -> None:
    approve(issue, director)
    for page in (issue, issue.get_parent()):
        for url in deleting(page):
            assert chief.post(url).status_code == 302
    assert Approval.objects.get().issue == issue


def test_a_draft_that_nobody_approved_is_deleted(issue: IssuePage, chief: Client) -> None:
    chief.post(deleting(issue)[0])
    assert not IssuePage.objects.exists()

"""Editors compose and preview the letter in Wagtail's desk."""

from __future__ import annotations

from datetime import date
from html import unescape
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from beffroi.foundations.accounts.models import User
from beffroi.newsletter.issues.models import IssuePage
from tests.newsletter.issues.factories import make_image, make_issue, make_newsletter

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser(email="chef@exemple.fr", password="x"))
    return client


def adding() -> str:
    return f"/bureau/pages/add/issues/issuepage/{make_newsletter().pk}/"


def form(**fields: Any) -> dict[str, Any]:
    values = {
        "title": "Lettre",
        "number": 18,
        "issued_on": "2022-10-21",
        "headline": rich_text("<p>Bonjour</p>", features=["bold"]),
        "body": streamfield([]),
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
    } | fields
    data: dict[str, Any] = nested_form_data(values)
    return data


@time_machine.travel("2022-10-21T10:00:00+02:00", tick=False)
def test_a_new_issue_starts_with_the_next_number_and_today(desk: Client) -> None:
    make_issue(17)
    initial = desk.get(adding()).context["form"]
    assert initial["number"].value() == 18
    assert initial["issued_on"].value() == date(2022, 10, 21)
    assert initial["title"].value() == "Lettre d’information n°\u00a018"


def test_a_published_form_makes_an_issue_of_the_archive(desk: Client) -> None:
    desk.post(adding(), form(**{"action-publish": "1"}))
    issue = IssuePage.objects.get(number=18)
    assert issue.live
    assert Client().get("/lettre/18/").status_code == 200


@pytest.mark.parametrize("action", [{}, {"action-publish": "1"}])
def test_a_number_already_taken_is_said_beside_its_field(
    desk: Client, action: dict[str, str]
) -> None:
    make_issue(17)
    response = desk.post(adding(), form(number=17, **action))
    assert response.context["form"].errors["number"] == ["Le numéro 17 existe déjà."]
    assert IssuePage.objects.count() == 1


def test_the_letter_s_own_page_shows_its_sender_and_its_rights_notice(desk: Client) -> None:
    html = desk.get(f"/bureau/pages/{make_newsletter().pk}/edit/").content.decode()
    for words in ("Nom de l’expéditeur", "Mention des droits", "Adresse postale"):
        assert words.casefold() in html.casefold()


def halle(image: int) -> Any:
    """A body as the desk's form sends it: one article, with its picture."""
    article = {
        "title": "Une halle",
        "text": rich_text("<p>rouverte</p>"),
        "image": image,
        "link": {"label": "", "url": ""},
    }
    items = streamfield([("article", article)])
    return streamfield([("section", {"title": "Rubrique", "items": items})])


def preview(desk: Client, mode: str) -> HttpResponse:
    issue = make_issue(18)
    address = f"/bureau/pages/{issue.pk}/edit/preview/?mode={mode}"
    assert desk.post(address, form(body=halle(make_image().pk))).json()["is_valid"]
    return desk.get(address)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("mode", "sign"),
    [
        ("", '<h2 id="rubrique-1">Rubrique</h2>'),
        ("mail", '<h2 class="section"'),
        ("text", "Rubrique\n========"),
    ],
)
def test_what_is_being_written_is_previewed_as_page_mail_and_text(
    desk: Client, mode: str, sign: str
) -> None:
    html = preview(desk, mode).content.decode()
    assert sign in html
    assert "rouverte" in html
    assert "l’image n’a pas de description" in unescape(html)


@pytest.mark.parametrize("mode", ["", "mail", "text"])
def test_a_preview_may_be_framed_by_the_desk_and_styled_inside(desk: Client, mode: str) -> None:
    response = preview(desk, mode)
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "style-src 'self' 'unsafe-inline'" in policy


def test_the_published_page_keeps_the_strict_policy() -> None:
    make_issue(18)
    policy = Client().get("/lettre/18/")["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy

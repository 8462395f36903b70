"""The public pages, as a browser, a mail scanner and a mailbox provider meet them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from beffroi.newsletter.audience.models import Consent, Subscriber, Suppression
from beffroi.newsletter.audience.queries import audience_size
from beffroi.newsletter.audience.tokens import confirmation_token, form_stamp, leave_token

from .factories import NOON, make_subscriber, make_suppression

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_once")]
SIGN_UP = "/lettre/inscription/"


@pytest.fixture
def visitor() -> Client:
    """A browser that enforces what a real one would, and keeps no cookie."""
    return Client(enforce_csrf_checks=True)


def filled(email: str, *, opened_at: datetime = NOON, **fields: str) -> dict[str, str]:
    """The form as a person sends it."""
    return {"email": email, "site": "", "opened": form_stamp(at=opened_at), **fields}


def leave_path(reader: Subscriber) -> str:
    """The page behind this reader's way out."""
    return reverse("audience:leave", args=[leave_token(reader.uid)])


def confirm_path(reader: Subscriber) -> str:
    """The page behind this reader's confirmation link."""
    assert reader.asked_at is not None
    token = confirmation_token(uid=reader.uid, asked_at=reader.asked_at)
    return reverse("audience:confirm", args=[token])


def test_from_the_form_to_the_letter_and_out(visitor: Client) -> None:
    with time_machine.travel(NOON + timedelta(seconds=20), tick=False):
        answer = visitor.post(SIGN_UP, filled("jeanne@mairie.fr"))
        assert (answer.status_code, answer["Location"]) == (302, "/lettre/inscription/merci/")
        link = re.search(r"http://127\.0\.0\.1:8000(\S+)", str(mail.outbox[0].body))
        assert link
        assert "Confirmer mon inscription" in visitor.get(link[1]).content.decode()
        assert audience_size() == 0
        assert visitor.post(link[1]).status_code == 200
        assert audience_size() == 1
        visitor.post(leave_path(Subscriber.objects.get()))
    assert audience_size() == 0
    assert visitor.cookies == {}


def test_answers_the_same_whether_or_not_the_address_is_known(visitor: Client) -> None:
    make_subscriber(email="confirmee@mairie.fr")
    make_subscriber(email="enattente@mairie.fr", pending=True)
    make_subscriber(email="partie@mairie.fr", withdrawn=True)
    make_suppression(address="opposee@mairie.fr", reason="objection")
    answers = set()
    with time_machine.travel(NOON + timedelta(seconds=20), tick=False):
        for name in ("confirmee", "enattente", "partie", "opposee", "inconnue"):
            answer = visitor.post(SIGN_UP, filled(f"{name}@mairie.fr"))
            answers.add((answer.status_code, answer["Location"], answer.content))
    assert len(answers) == 1


def test_ties_an_error_to_its_field_and_sums_it_up(visitor: Client) -> None:
    with time_machine.travel(NOON + timedelta(seconds=20), tick=False):
        page = visitor.post(SIGN_UP, filled("jeanne@mairie")).content.decode()
    assert "Erreur" in page[page.index("<title>") : page.index("</title>")]
    assert 'aria-invalid="true"' in page
    described = re.search(r'aria-describedby="(id_email[^"]*)"', page)
    assert described
    for identifier in described[1].split():
        assert f'id="{identifier}"' in page
    assert 'href="#id_email"' in page
    assert 'value="jeanne@mairie"' in page


@pytest.mark.parametrize(
    ("opened_at", "fields"),
    [
        (NOON, {}),
        (NOON - timedelta(days=2), {}),
        (NOON - timedelta(minutes=1), {"opened": "forgé"}),
        (NOON - timedelta(minutes=1), {"site": "http://reclame.example"}),
    ],
    ids=["too fast", "too old", "forged stamp", "trap"],
)
def test_asks_a_robot_again(visitor: Client, opened_at: datetime, fields: dict[str, str]) -> None:
    with time_machine.travel(NOON + timedelta(seconds=1), tick=False):
        sent = filled("jeanne@mairie.fr", opened_at=opened_at) | fields
        answer = visitor.post(SIGN_UP, sent)
    assert answer.status_code == 200
    assert "de nouveau" in answer.content.decode()
    assert not Subscriber.objects.exists()


def test_lets_a_person_through_at_the_second_try(visitor: Client) -> None:
    with time_machine.travel(NOON, tick=False):
        page = visitor.post(SIGN_UP, filled("a@mairie.fr", opened="", site="x")).content.decode()
    opened = re.search(r'name="opened" value="([^"]+)"', page)
    assert opened
    with time_machine.travel(NOON + timedelta(seconds=5), tick=False):
        answer = visitor.post(SIGN_UP, {"email": "a@mairie.fr", "site": "", "opened": opened[1]})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    "email", ["a" * 320, "a" * 308 + "@mairie.fr", "a@b.fr\nBcc: c@d.fr", "<script>@b.fr"]
)
def test_shows_a_hostile_address_again_and_does_nothing(visitor: Client, email: str) -> None:
    with time_machine.travel(NOON + timedelta(seconds=20), tick=False):
        answer = visitor.post(SIGN_UP, filled(email))
    assert answer.status_code == 200
    assert "<script>@" not in answer.content.decode()
    assert mail.outbox == []


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "delete", "patch", "trace"])
def test_only_a_post_changes_anything(visitor: Client, method: str) -> None:
    reader, pending = make_subscriber(), make_subscriber(pending=True)
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        for path in (leave_path(reader), confirm_path(pending)):
            getattr(visitor, method)(path)
            getattr(visitor, method)(f"{path}?List-Unsubscribe=One-Click")
    assert audience_size() == 1
    assert not Consent.objects.exists()
    assert not Suppression.objects.exists()


@pytest.mark.parametrize(
    "content_type", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b"]
)
def test_unsubscribes_in_one_click_without_cookie_or_token(
    visitor: Client, content_type: str
) -> None:
    reader = make_subscriber()
    body = "List-Unsubscribe=One-Click"
    if content_type.startswith("multipart"):
        head = 'Content-Disposition: form-data; name="List-Unsubscribe"'
        body = f"--b\r\n{head}\r\n\r\nOne-Click\r\n--b--\r\n"
    answer = visitor.post(leave_path(reader), body, content_type=content_type)
    assert answer.status_code == 200
    assert audience_size() == 0
    assert reader.consents.get().channel == "one_click"
    assert answer.cookies == {}


def test_unsubscribes_from_the_page_even_when_the_browser_hides_its_origin(
    visitor: Client,
) -> None:
    reader = make_subscriber()
    answer = visitor.post(leave_path(reader), headers={"origin": "null"})
    assert "C’est fait" in answer.content.decode()
    assert "/lettre/inscription/" in answer.content.decode()
    assert reader.consents.get().channel == "web"


def test_leaving_again_says_it_is_done(visitor: Client) -> None:
    path = leave_path(make_subscriber(withdrawn=True))
    assert "C’est fait" in visitor.get(path).content.decode()
    assert visitor.post(path).status_code == 200
    erased = reverse("audience:leave", args=[leave_token(uuid4())])
    assert visitor.post(erased).status_code == 200


@pytest.mark.parametrize("name", ["audience:leave", "audience:confirm"])
@pytest.mark.parametrize("token", ["A" * 43, "x", "é" * 10, "a.b.c", "%00"])
def test_an_unknown_link_says_what_to_do(visitor: Client, name: str, token: str) -> None:
    for method in (visitor.get, visitor.post):
        answer = method(reverse(name, args=[token]))
        assert answer.status_code == 404
        assert "lettre@beffroi.localhost" in answer.content.decode()


def test_an_expired_link_offers_another(visitor: Client) -> None:
    path = confirm_path(make_subscriber(pending=True))
    with time_machine.travel(NOON + timedelta(days=8), tick=False):
        for method in (visitor.get, visitor.post):
            answer = method(path)
            assert answer.status_code == 410
            assert SIGN_UP in answer.content.decode()


def test_a_confirmation_that_an_objection_forbids_says_so(visitor: Client) -> None:
    reader = make_subscriber(pending=True, email="partie@mairie.example")
    make_suppression(reason="objection")
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        answer = visitor.post(confirm_path(reader))
    assert answer.status_code == 409
    assert audience_size() == 0


def test_pages_behind_a_link_are_kept_nowhere(visitor: Client) -> None:
    reader = make_subscriber()
    unknown = reverse("audience:leave", args=["x"])
    for answer in (
        visitor.get(leave_path(reader)),
        visitor.post(leave_path(reader)),
        visitor.get(unknown),
    ):
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer["X-Robots-Tag"]
        assert not answer.has_header("Vary") or "Cookie" not in answer["Vary"]


@pytest.mark.parametrize("skin", ["dsfr", "neutral"])
def test_pages_stand_in_both_looks(visitor: Client, settings: object, skin: str) -> None:
    settings.BEFFROI_SKIN = skin  # type: ignore[attr-defined]
    page = visitor.get(SIGN_UP).content.decode()
    assert page.count("<h1") == 1
    assert "En m’inscrivant, j’accepte" in page
    assert "/donnees-personnelles/" in page

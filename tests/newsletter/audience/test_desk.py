"""The readers on the desk."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from beffroi.newsletter.audience.models import Suppression
from beffroi.newsletter.audience.queries import audience_size

from .factories import NOON, make_subscriber, make_suppression, make_user

pytestmark = pytest.mark.django_db
INDEX = "/bureau/subscriber/"


def signed_in(*rights: str, **fields: bool) -> Client:
    """The browser of someone with these rights."""
    client = Client()
    client.force_login(
        make_user(*rights, **fields), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def test_lists_readers_to_those_who_may_see_them() -> None:
    reader = make_subscriber()
    assert reader.email in signed_in("view_subscriber").get(INDEX).content.decode()
    assert signed_in().get(INDEX).status_code == 302


def test_finds_a_reader_by_a_part_of_the_address() -> None:
    make_subscriber(email="jeanne@mairie.fr")
    make_subscriber(email="paul@ville.fr")
    page = signed_in("view_subscriber").get(INDEX, {"q": "EANNE@ma"}).content.decode()
    assert "jeanne@mairie.fr" in page
    assert "paul@ville.fr" not in page


def test_filters_by_state() -> None:
    make_subscriber(email="jeanne@mairie.fr")
    make_subscriber(email="paul@ville.fr", withdrawn=True)
    page = signed_in("view_subscriber").get(INDEX, {"state": "withdrawn"}).content.decode()
    assert "paul@ville.fr" in page
    assert "jeanne@mairie.fr" not in page


def test_shows_the_ledger_of_one_reader() -> None:
    reader = make_subscriber()
    reader.consents.create(kind="asked", at=NOON, channel="web", wording_version="2026-11")
    make_suppression(address=reader.address_key, reason="bounced")
    path = reverse("subscriber:inspect", args=[reader.pk])
    page = signed_in("view_subscriber").get(path).content.decode()
    assert "inscription demandée" in page
    assert "En m’inscrivant" in page
    assert "adresse en erreur" in page
    assert "3 novembre 2026, 13:00" in page
    assert not re.search(r">\s*None\s*<", page)
    assert "Désinscrire" not in page


@pytest.mark.parametrize("name", ["add", "edit", "delete", "copy"])
def test_offers_no_page_that_edits_rows(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(f"subscriber:{name}", args=[1])
    reader = make_subscriber()
    page = signed_in(is_superuser=True, is_staff=True).get(INDEX).content.decode()
    assert "/edit/" not in page
    assert reader.email in page


def test_unsubscribes_for_a_reason() -> None:
    reader = make_subscriber()
    path = reverse("subscriber:unsubscribe", args=[reader.pk])
    client = signed_in("view_subscriber", "withdraw_subscriber")
    assert (
        "Désinscrire"
        in client.get(reverse("subscriber:inspect", args=[reader.pk])).content.decode()
    )
    assert client.get(path).status_code == 200
    assert client.post(path, {"reason": ""}).status_code == 200
    assert audience_size() == 1
    assert client.post(path, {"reason": "Demande par lettre"}).status_code == 302
    assert audience_size() == 0


def test_refuses_the_acts_to_those_who_may_only_see() -> None:
    reader = make_subscriber()
    client = signed_in("view_subscriber")
    for path in (
        reverse("subscriber:unsubscribe", args=[reader.pk]),
        reverse("subscriber:lift"),
    ):
        assert client.post(path, {"reason": "x", "address": reader.email}).status_code == 302
    assert audience_size() == 1


def test_lifts_a_suppression_for_a_reason() -> None:
    make_suppression(address="partie@mairie.fr", reason="objection")
    client = signed_in("view_subscriber", "lift_suppression")
    path = reverse("subscriber:lift")
    assert path in client.get(INDEX).content.decode()
    sent = {"address": "Partie@mairie.fr", "reason": "Lettre du 2 mars"}
    assert client.post(path, sent | {"address": "autre@mairie.fr"}).status_code == 200
    assert client.post(path, sent | {"address": "illisible"}).status_code == 200
    assert client.post(path, sent).status_code == 302
    assert not Suppression.objects.exists()

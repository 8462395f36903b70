"""The API answers about towns and agreements, and says why when it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from tests.foundations.territories.factories import make_intercommunality, make_region, make_town
from tests.progress.factories import cover, designate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _country() -> Iterator[None]:
    for name in ("default", "limits"):
        caches[name].clear()
    town = make_town("22050", name="Dinan")
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor"})
    make_intercommunality("200068989", "Dinan Agglomération", town)
    designate(town)
    cover(town)
    yield
    for name in ("default", "limits"):
        caches[name].clear()


def test_the_list_holds_the_followed_towns(client: Client) -> None:
    answer = client.get("/api/v1/communes?departement=22&statut=adhesion")
    assert answer.status_code == 200, answer.content
    assert [town["code"] for town in answer.json()["results"]] == ["22050"]
    assert not answer.cookies
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_town_and_its_agreement_open(client: Client) -> None:
    town = client.get("/api/v1/communes/22050")
    assert town.status_code == 200, town.content
    number = town.json()["agreements"][0]["id"]
    agreement = client.get(f"/api/v1/conventions/{number}")
    assert agreement.status_code == 200, agreement.content
    assert agreement.json()["towns"][0]["code"] == "22050"
    assert client.get("/api/v1/conventions?type=adhesion").json()["count"] == 1


def test_the_same_answer_is_not_sent_twice(client: Client) -> None:
    etag = client.get("/api/v1/communes")["ETag"]
    assert client.get("/api/v1/communes", headers={"if-none-match": etag}).status_code == 304


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("communes/99999", 404),
        ("communes?au=2019-01-01", 400),
        ("communes?au=2999-01-01", 400),
        ("communes?au=hier", 400),
        ("communes?taille=501", 400),
        ("communes?page=2", 404),
        ("communes?couleur=bleu", 400),
        ("communes?q=%00", 400),
        ("communes?q=%ff", 400),
        ("communes?departement=99", 404),
        ("conventions/dix", 400),
        ("conventions/99999999999999999999999999", 404),
        ("conventions/987654321", 404),
    ],
)
def test_what_cannot_be_answered_says_why(client: Client, path: str, status: int) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_writing_is_refused(client: Client) -> None:
    assert client.post("/api/v1/communes").status_code == 405


def test_one_demand_too_many_is_told_when_to_come_back(client: Client, settings: Any) -> None:
    settings.BEFFROI_API_REQUESTS_PER_MINUTE = 1
    client.get("/api/v1/communes")
    answer = client.get("/api/v1/communes")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) <= 60

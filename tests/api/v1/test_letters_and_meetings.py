"""The API hands out published letters as text, and the meetings of the Club."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from beffroi.foundations.territories.models import Region
from tests.progress.factories import make_meeting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letter")]
MOST = 15


def get(client: Client, path: str) -> Any:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_only_published_issues_are_listed(client: Client, letter: int) -> None:
    told = get(client, "lettres")
    assert [one["number"] for one in told["results"]] == [letter]
    assert told["results"][0]["page"].endswith("/lettre/17/")
    assert told["results"][0]["issued_on"] == "2022-09-23"


def test_an_issue_is_told_item_by_item(client: Client, letter: int) -> None:
    told = get(client, f"lettres/{letter}")
    items = {item["title"]: item for part in told["sections"] for item in part["items"]}
    article = items["Assises à Dinan"]
    assert article["kind"] == "article"
    assert article["text"]
    assert article["link"]["url"].startswith("https://exemple.fr/suite")
    assert "Montbard" in items["Carrefour des métiers"]["facts"]
    assert "l'actualité du programme" in told["headline"]


def test_an_issue_quotes_frozen_figures(client: Client, letter: int) -> None:
    last = get(client, f"lettres/{letter}")["sections"][-1]["items"][0]
    assert last["value"] == "1"
    assert last["figures"] == ["Communes actives\u00a0: 1"]


def test_meetings_held_and_announced_come_latest_first(client: Client) -> None:
    told = get(client, "rencontres")["results"]
    assert [(one["reference"], one["is_past"]) for one in told] == [
        ("RR-announced", False),
        ("RR-held", True),
    ]
    assert told[0]["participants"] is None
    assert told[1]["participants"] == 80


def test_meetings_are_narrowed_to_those_since_a_day(client: Client) -> None:
    told = get(client, "rencontres?depuis=2022-10-03")["results"]
    assert [one["reference"] for one in told] == ["RR-announced"]


def test_a_meeting_names_its_region(client: Client) -> None:
    make_meeting(reference="RR-53", region=Region.objects.get(code="53"))
    found = {one["reference"]: one["region"] for one in get(client, "rencontres")["results"]}
    assert found["RR-53"] == {"code": "53", "name": "Bretagne"}
    assert found["RR-held"] is None


@pytest.mark.parametrize(
    ("path", "status", "reason"),
    [
        ("lettres/18", 404, "Aucun numéro 18"),
        ("lettres/999999999999999999999999", 404, "Aucun numéro"),
        ("lettres/dix", 400, "number"),
        ("lettres?page=2", 404, "pas de page"),
        ("rencontres?depuis=hier", 400, "ne se lit pas"),
        ("rencontres?page=2", 404, "pas de page"),
    ],
)
def test_what_cannot_be_answered_says_why(
    client: Client, path: str, status: int, reason: str
) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == status, answer.content
    assert reason in answer.json()["detail"]


@pytest.mark.parametrize("path", ["lettres", "lettres/17", "rencontres"])
def test_an_answer_is_kept_and_takes_few_queries(
    client: Client, path: str, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with django_assert_max_num_queries(MOST):
        etag = client.get(f"/api/v1/{path}")["ETag"]
    assert client.get(f"/api/v1/{path}", headers={"if-none-match": etag}).status_code == 304

"""The list of published reports, and the feed of those who follow them."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as Xml

import pytest
from django.test import Client

from tests.progress.pages.published import publish

pytestmark = pytest.mark.django_db
LIST = "/point-d-avancement/"
ATOM = "{http://www.w3.org/2005/Atom}"


def text_of(client: Client, **asked: str) -> str:
    response = client.get(LIST, asked)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture(autouse=True)
def reports() -> None:
    """The country twice, a département, and one that nobody may read yet."""
    publish()
    publish(as_of=date(2021, 12, 31))
    publish(territory="dep:22", territory_name="Côtes-d’Armor")
    publish(territory="dep:29", territory_name="Finistère", is_public=False)


def test_opens_with_the_last_report_of_the_country_and_its_figures(client: Client) -> None:
    head = text_of(client).partition("Tous les points")[0]
    assert "/point-d-avancement/2022-09-23-national-r1/" in head
    assert "99,6\u202f%" in head


def test_lists_only_what_is_published(client: Client) -> None:
    text = text_of(client)
    assert "2022-09-23-dep-22-r1" in text
    assert "Finistère" not in text


@pytest.mark.parametrize(
    ("asked", "found", "left_out"),
    [
        ({"type": "dep"}, "dep-22", "-national-"),
        ({"type": "national"}, "2021-12-31-national", "dep-22"),
        ({"q": "armor"}, "dep-22", "-national-"),
        ({"annee": "2021"}, "2021-12-31-national", "dep-22"),
    ],
)
def test_narrows_the_list(client: Client, asked: dict[str, str], found: str, left_out: str) -> None:
    text = text_of(client, **asked)
    assert found in text
    assert left_out not in text.partition('class="report-list"')[2]


@pytest.mark.parametrize(
    "asked", [{"annee": "12345678901"}, {"annee": "²"}, {"q": "\0"}, {"page": "z"}]
)
def test_takes_what_cannot_be_read_as_nothing(client: Client, asked: dict[str, str]) -> None:
    assert "2022-09-23-national-r1" in text_of(client, **asked)


def test_says_that_nothing_answers(client: Client) -> None:
    assert "ne répond à cette recherche" in text_of(client, q="Atlantide")


def test_feeds_those_who_follow_it(client: Client) -> None:
    feed = Xml.fromstring(client.get(f"{LIST}flux.xml").content)  # noqa: S314
    titles = [title.text for title in feed.iterfind(f"{ATOM}entry/{ATOM}title")]
    assert len(titles) == 3
    assert "Au 23\u00a0septembre\u00a02022, Côtes-d’Armor" in titles

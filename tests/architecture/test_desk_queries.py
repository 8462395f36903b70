"""No page of the register asks more of the database than it should, nor more as rows come."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from beffroi.foundations.desk.registration import viewsets_on_desk
from tests.foundations.desk.addresses import desk_routes
from tests.foundations.desk.people import desk_of, person, sent
from tests.foundations.desk.samples import Sample
from tests.foundations.territories.factories import make_region, make_town

pytestmark = pytest.mark.django_db
MOST = 25
FEW, MANY = 2, 9
OF_THE_REGISTER = ("communes/", "campagnes/", "alertes/", "journal/", "perimetres/")


def samples(first: int, last: int) -> list[Sample]:
    return [
        Sample(
            town=make_town(f"22{rank:03}", name=f"Ville {rank}"), word=f"Ville{rank}", number=rank
        )
        for rank in range(first, last)
    ]


def counted(client: Client, url: str) -> int | None:
    """How many queries a page asks, None where it does not open."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
    return len(captured) if answer.status_code == 200 else None


def lists() -> list[str]:
    """The lists of the viewsets, and the pages of the register that ask for no key."""
    indexes = {reverse(viewset.get_url_name("index")) for viewset in viewsets_on_desk()}
    pages = {
        route
        for route in desk_routes()
        if "<" not in route
        and route.startswith(tuple(f"/bureau/{name}" for name in OF_THE_REGISTER))
    }
    return sorted(indexes | pages)


@pytest.fixture
def client(db: None) -> Client:  # noqa: ARG001
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor"})
    client = desk_of(sent(person("aicha", role="Registre"), None))
    client.get("/bureau/")
    return client


def test_no_list_asks_more_than_the_limit_nor_more_as_rows_come(client: Client) -> None:
    samples(1, 1 + FEW)
    before = {url: counted(client, url) for url in lists()}
    samples(1 + FEW, 1 + MANY)
    after = {url: counted(client, url) for url in lists()}
    over = {url: count for url, count in after.items() if count is not None and count > MOST}
    growing = {
        url: (before[url], count)
        for url, count in after.items()
        if count is not None and count > (before[url] or MOST) + 1
    }
    assert (over, growing) == ({}, {})
    assert sum(count is not None for count in after.values()) > FEW


def test_no_sheet_asks_more_than_the_limit(client: Client) -> None:
    (sample,) = samples(1, 2)
    urls = [
        reverse(viewset.get_url_name("inspect"), args=[row.pk])
        for viewset in viewsets_on_desk()
        if viewset.inspect_view_enabled and (row := _row(sample, viewset)) is not None
    ]
    found = {url: counted(client, url) for url in urls}
    assert {url: count for url, count in found.items() if count is not None and count > MOST} == {}


def _row(sample: Sample, viewset: Any) -> Any:
    return sample.rows.get(viewset.model)

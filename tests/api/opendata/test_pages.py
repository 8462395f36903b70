"""The pages of the open data."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from beffroi.api.opendata.datasets import DATASETS
from beffroi.api.opendata.declaration import Dataset
from tests.api.opendata.conftest import ADDRESS, GIVEN_TO, HOLDER
from tests.progress.factories import make_commitment

pytestmark = pytest.mark.django_db
PATHS = ["/donnees/", *(f"/donnees/{dataset.code}/" for dataset in DATASETS)]


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("look", ["dsfr", "neutral"])
@pytest.mark.parametrize("path", PATHS)
def test_says_what_is_published_and_under_which_licence(
    path: str, look: str, client: Client, settings: Settings
) -> None:
    settings.BEFFROI_SKIN = look
    response = client.get(path)
    html = response.content.decode()
    assert response.status_code == 200
    assert html.count("<h1") == 1
    assert "Licence Ouverte 2.0" in html
    for private in (HOLDER, ADDRESS, GIVEN_TO):
        assert private not in html


@pytest.mark.parametrize("path", PATHS)
def test_an_empty_register_still_has_its_pages(path: str, client: Client) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.code)
def test_a_page_names_every_column_and_offers_every_form(dataset: Dataset, client: Client) -> None:
    html = client.get(f"/donnees/{dataset.code}/").content.decode()
    for name in dataset.header:
        assert f"<code>{name}</code>" in html
    for suffix in ("csv", "json", "ods"):
        assert f'href="/donnees/{dataset.code}.{suffix}"' in html
    assert f'href="/donnees/{dataset.code}/schema.json"' in html


@pytest.mark.usefixtures("register")
def test_counts_follow_the_day(client: Client) -> None:
    make_commitment()
    now = client.get("/donnees/engagements/").content.decode()
    then = client.get("/donnees/engagements/?au=2021-01-01").content.decode()
    assert "3 lignes au" in now
    assert "0 ligne au" in then
    assert 'href="/donnees/engagements/2021-01-01.csv"' in then


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("au", ["hier", "2019-01-01", "2030-01-01"])
def test_a_day_without_a_version_is_refused_with_the_reason(au: str, client: Client) -> None:
    response = client.get(f"/donnees/communes/?au={au}")
    assert response.status_code == 400
    assert "Revenir à" in response.content.decode()


def test_an_unknown_dataset_gets_the_list(client: Client) -> None:
    response = client.get("/donnees/habitants/")
    assert response.status_code == 404
    assert 'href="/donnees/communes/"' in response.content.decode()


def test_every_page_leads_to_the_open_data(client: Client) -> None:
    assert 'href="/donnees/"' in client.get("/").content.decode()
    assert 'href="/donnees/"' in client.get("/plan-du-site/").content.decode()


def test_search_engines_find_the_pages(client: Client, settings: Settings) -> None:
    site = settings.BEFFROI_SITE_URL
    assert f"Sitemap: {site}/donnees/sitemap.xml" in client.get("/robots.txt").content.decode()
    written = client.get("/donnees/sitemap.xml")
    assert written["Content-Type"] == "application/xml"
    for path in PATHS:
        assert f"<loc>{site}{path}</loc>" in written.content.decode()

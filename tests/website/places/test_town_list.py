"""The list of towns, as a reader narrows it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from beffroi.foundations.audit.actions import record_act
from beffroi.foundations.territories.models import Town
from tests.foundations.territories.factories import extend_town, make_succession, make_town
from tests.progress.factories import designate, make_commitment, make_programme, new_town

pytestmark = pytest.mark.django_db
MERGER = date(2023, 1, 1)


def found(client: Client, query: str = "") -> list[str]:
    page = client.get(f"/communes/?{query}").context["page_obj"]
    return [town.line.name for town in page]


@pytest.mark.parametrize("look", ["dsfr", "neutral"])
def test_an_empty_register_says_so(client: Client, look: str, settings: Settings) -> None:
    settings.BEFFROI_SKIN = look
    html = client.get("/communes/").content.decode()
    assert "Le registre ne contient encore aucune commune" in html


def test_lists_followed_towns_only(client: Client, dinan: Town) -> None:
    left = new_town(name="Partie")
    designate(left, ended_on=date(2022, 1, 1))
    new_town(name="Jamais")
    assert found(client) == [dinan.periods.get().name]


@pytest.mark.parametrize("text", ["DINAN", "dïn", "22050", "di nan"])
def test_finds_a_town_however_it_is_typed(client: Client, dinan: Town, text: str) -> None:
    designate(new_town(name="Lamballe"))
    assert dinan.pk
    assert found(client, f"q={text}") == ["Dinan"]


def test_finds_a_town_by_the_names_and_codes_of_before(client: Client) -> None:
    mansle = make_town("16206", end=MERGER, name="Mansle")
    extend_town(mansle, "16206", start=MERGER, name="Les Trois Bourgs")
    fontclaireau = make_town("16140", end=MERGER, name="Fontclaireau")
    make_succession(fontclaireau, mansle, MERGER)
    designate(mansle)
    for text in ("mansle", "fontclaireau", "16140"):
        assert found(client, f"q={text}") == ["Les Trois Bourgs"]


def test_restores_the_zero_that_a_spreadsheet_dropped(client: Client) -> None:
    designate(make_town("01004", name="Ambérieu"))
    assert found(client, "q=1004") == ["Ambérieu"]


def test_narrows_by_region_and_by_departement(client: Client, dinan: Town) -> None:
    designate(make_town("29151", name="Morlaix"), make_town("16001", name="Ailleurs"))
    assert dinan.pk
    assert found(client, "region=53") == ["Dinan", "Morlaix"]
    assert found(client, "departement=29") == ["Morlaix"]
    assert found(client, "departement=99") == []


def test_sorts_by_what_was_committed(client: Client, dinan: Town) -> None:
    designate(new_town(name="Albi"))
    make_commitment("10.00", town=dinan)
    assert found(client) == ["Albi", "Dinan"]
    assert found(client, "tri=engage") == ["Dinan", "Albi"]
    assert found(client, "tri=DROP TABLE") == ["Albi", "Dinan"]


def test_names_towns_outside_the_programme(client: Client, dinan: Town) -> None:
    new_town(name="Dinard")
    html = client.get("/communes/?q=dina").content.decode()
    assert dinan.pk
    assert "Hors du programme" in html
    assert "Dinard (22002)" in html


def test_says_that_nothing_was_found(client: Client, dinan: Town) -> None:
    html = client.get("/communes/?q=zzz").content.decode()
    assert dinan.pk
    assert "Aucune commune du programme ne répond à cette recherche" in html


@pytest.mark.parametrize("bad", ["<script>alert(1)</script>", "'; DROP TABLE--", "\x00", "%"])
def test_takes_odd_texts_as_texts(client: Client, dinan: Town, bad: str) -> None:
    response = client.get("/communes/", {"q": bad, "region": bad, "page": bad})
    assert dinan.pk
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("page", ["-1", "0", "999999999999", "x", ""])
def test_takes_any_page_number(client: Client, dinan: Town, page: str) -> None:
    assert dinan.pk
    assert found(client, f"page={page}") == ["Dinan"]


def test_keeps_the_search_from_page_to_page(client: Client) -> None:
    designate(*(new_town(name=f"Bourg {number}") for number in range(60)))
    html = client.get("/communes/?q=bourg").content.decode()
    assert "60 communes" in html
    assert 'href="?q=bourg&amp;page=2"' in html
    assert len(found(client, "q=bourg&page=2")) == 10


def test_gives_the_list_as_a_file(client: Client, dinan: Town) -> None:
    make_commitment("10.50", town=dinan)
    designate(make_town("22001", name="=cmd|' /C calc'!A0"))
    response = client.get("/communes/liste.csv")
    lines = response.content.decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("code_commune;commune;code_departement")
    assert lines[1].startswith("22001;'=cmd|")
    assert lines[2].startswith("22050;Dinan;22;Côtes-d’Armor;53;Bretagne;200068989")
    assert client.get("/communes/liste.csv?q=dinan").content.count(b"\r\n") == 2


def test_sends_the_same_file_only_once(client: Client, dinan: Town) -> None:
    etag = client.get("/communes/liste.csv")["ETag"]
    again = client.get("/communes/liste.csv", headers={"If-None-Match": etag})
    assert dinan.pk
    assert again.status_code == 304


def test_a_warm_page_asks_little_of_the_database(
    client: Client, dinan: Town, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/communes/")
    with django_assert_max_num_queries(15):
        assert "Dinan" in client.get("/communes/?q=dinan").content.decode()
    assert dinan.pk


def test_follows_the_register_after_each_act(client: Client, dinan: Town) -> None:
    assert found(client) == ["Dinan"]
    designate(new_town(name="Albi"))
    assert found(client) == ["Dinan"]
    record_act(verb="designate_town", target=make_programme(), at=datetime(2026, 1, 1, tzinfo=UTC))
    assert found(client) == ["Albi", "Dinan"]
    assert dinan.pk

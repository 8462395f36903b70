"""Régions, départements and intercommunalities."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from beffroi.foundations.territories.models import Town
from beffroi.programme.agreements.models import AgreementKind
from beffroi.programme.membership.models import Programme
from tests.foundations.territories.factories import make_region, make_town
from tests.progress.factories import cover, designate, make_commitment

pytestmark = pytest.mark.django_db
DEPARTMENT = "/departements/22-cotes-d-armor/"
PAGES = [DEPARTMENT, "/regions/53-bretagne/", "/intercommunalites/200068989-dinan-agglomeration/"]


@pytest.mark.parametrize("look", ["dsfr", "neutral"])
@pytest.mark.parametrize("page", PAGES)
def test_tells_what_the_programme_does_there(
    client: Client, dinan: Town, page: str, look: str, settings: Settings
) -> None:
    settings.BEFFROI_SKIN = look
    cover(dinan)
    make_commitment("10.00", town=dinan)
    response = client.get(page)
    html = response.content.decode()
    assert response.status_code == 200
    assert "/communes/22050-dinan/" in html
    assert "100,0\u202f%" in html
    assert "1 sur 1" in html
    assert html.count("<h1") == 1


def test_compares_with_the_whole_country(client: Client, dinan: Town) -> None:
    designate(make_town("16001", name="Ailleurs"))
    cover(dinan)
    figures = client.get(DEPARTMENT).context["around"].figures
    share = next(one for one in figures if one.here.code == "adhesion_share")
    assert (share.here.numerator, share.here.denominator) == (1, 1)
    assert (share.country.numerator, share.country.denominator) == (1, 2)


def test_counts_each_town_at_its_furthest_step(client: Client, dinan: Town) -> None:
    second, third = make_town("22001"), make_town("22002")
    designate(second, third)
    cover(dinan, second)
    cover(dinan, kind=AgreementKind.FRAMEWORK, counts_as_ort=True)
    steps = client.get(DEPARTMENT).context["around"].standings
    assert [(step.standing.value, step.number, step.total) for step in steps] == [
        ("ort", 1, 3),
        ("framework", 0, 3),
        ("adhesion", 1, 3),
        ("nothing", 1, 3),
    ]


def test_names_the_figures_that_do_not_exist_there(client: Client, dinan: Town) -> None:
    html = client.get(DEPARTMENT).content.decode()
    assert dinan.pk
    assert "N’existent pas à cette échelle" in html


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        ("/departements/22/", DEPARTMENT),
        ("/departements/22-finistere/", DEPARTMENT),
        ("/regions/53/", "/regions/53-bretagne/"),
        ("/intercommunalites/200068989/", PAGES[2]),
    ],
)
def test_leads_to_its_one_address(client: Client, dinan: Town, asked: str, page: str) -> None:
    response = client.get(asked)
    assert dinan.pk
    assert (response.status_code, response["Location"]) == (301, page)


def test_reads_codes_as_people_write_them(client: Client) -> None:
    make_region("84", "Auvergne-Rhône-Alpes", {"01": "Ain"})
    make_region("94", "Corse", {"2A": "Corse-du-Sud"})
    assert client.get("/departements/1/")["Location"] == "/departements/01-ain/"
    assert client.get("/departements/2a/")["Location"] == "/departements/2A-corse-du-sud/"


@pytest.mark.parametrize(
    "address",
    ["departements/99", "regions/zz", "intercommunalites/123456789", "intercommunalites/<b>"],
)
def test_an_unknown_territory_gets_a_way_on(client: Client, address: str) -> None:
    response = client.get(f"/{address}/")
    html = response.content.decode()
    assert response.status_code == 404
    assert 'name="q"' in html
    assert "<b>" not in html
    assert client.get(f"/{address}/communes.csv").status_code == 404


def test_calls_an_overseas_collectivity_by_its_name(client: Client) -> None:
    make_region("977", "Saint-Barthélemy", {"977": "Saint-Barthélemy"})
    html = client.get("/departements/977-saint-barthelemy/").content.decode()
    assert "Collectivité d’outre-mer" in html
    assert "Le programme ne suit aucune commune" in html


@pytest.mark.parametrize("path", ["/departements/", "/regions/"])
def test_lists_territories_with_their_towns(client: Client, dinan: Town, path: str) -> None:
    html = client.get(path).content.decode()
    assert dinan.pk
    assert 'href="/regions/53-bretagne/"' in html
    assert 'data-label="Communes suivies">1</td>' in html


@pytest.mark.parametrize("path", ["/departements/", "/regions/"])
def test_an_empty_geography_says_so(client: Client, path: str) -> None:
    assert "n’est pas encore chargée" in client.get(path).content.decode()


def test_a_territory_without_a_programme_says_so(client: Client) -> None:
    Programme.objects.all().delete()
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor"})
    html = client.get(DEPARTMENT).content.decode()
    assert "Le registre ne contient encore aucun programme" in html


@pytest.mark.parametrize("page", PAGES)
def test_gives_its_towns_as_a_file(client: Client, dinan: Town, page: str) -> None:
    designate(make_town("16001", name="Ailleurs"))
    text = client.get(f"{page}communes.csv").content.decode("utf-8-sig")
    assert dinan.pk
    assert "22050;Dinan" in text
    assert "Ailleurs" not in text


@pytest.mark.parametrize("page", PAGES)
def test_a_warm_page_asks_little_of_the_database(
    client: Client, dinan: Town, page: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(page)
    with django_assert_max_num_queries(15):
        client.get(page)
    assert dinan.pk

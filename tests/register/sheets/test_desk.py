"""The desk's pages: the list, the sheet at any date, the areas; never a town out of reach."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from beffroi.foundations.accounts.models import User
from beffroi.foundations.territories.models import Town
from beffroi.programme.agreements.models import AgreementKind
from beffroi.programme.membership.models import PostHolder
from tests.foundations.desk.people import department, person, sent
from tests.foundations.territories.factories import (
    extend_town,
    make_region,
    make_succession,
    make_town,
)
from tests.progress.factories import (
    cover,
    designate,
    make_brownfield,
    make_commitment,
    make_mission,
    new_town,
    open_post,
)

pytestmark = pytest.mark.django_db
LIST = "/bureau/communes/"
MERGER = date(2023, 1, 1)


@pytest.fixture
def officer() -> User:
    return sent(person("agent", role="Lecture"), department("22"))


@pytest.fixture
def dinan() -> Town:
    town = make_town("22050", name="Dinan")
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor", "56": "Morbihan"})
    designate(town)
    return town


def _text(client: Client, address: str) -> str:
    response = client.get(address, follow=True)
    assert response.status_code == 200, address
    return response.content.decode()


def test_lists_the_towns_of_ones_area_alone(client: Client, officer: User, dinan: Town) -> None:
    designate(make_town("56260", name="Vannes"))
    client.force_login(officer)
    page = _text(client, LIST)
    assert "Dinan" in page
    assert "Vannes" not in page
    assert f"{LIST}{dinan.pk}/" in page


def test_finds_a_town_by_a_name_that_it_no_longer_bears(client: Client, officer: User) -> None:
    mansle = make_town("22206", name="Mansle-les-Fontaines")
    fontclaireau = make_town("22140", end=MERGER, name="Fontclaireau")
    make_succession(fontclaireau, mansle, MERGER)
    designate(mansle)
    designate(new_town("22", name="Autre"))
    client.force_login(officer)
    for text in ("fontclair", "22140", "mansle"):
        page = _text(client, f"{LIST}?q={text}")
        assert "Mansle-les-Fontaines" in page
        assert "Autre" not in page


def test_filters_and_sorts(client: Client, officer: User, dinan: Town) -> None:
    rich = make_town("22093", name="Lamballe")
    designate(rich)
    cover(dinan, signed_on=date(2021, 6, 1))
    make_commitment("5000.00", town=rich)
    open_post(rich)
    client.force_login(officer)
    for state in ("retard", "sans-poste", "non-touchee"):
        page = _text(client, f"{LIST}?etat={state}")
        assert ("Dinan" in page, "Lamballe" in page) == (True, False), state
    page = _text(client, f"{LIST}?tri=engage")
    assert page.index("Lamballe") < page.index("Dinan")
    assert "Aucune commune ne correspond" in _text(client, f"{LIST}?q=nulle+part")


@pytest.mark.usefixtures("dinan")
def test_exports_what_is_filtered(client: Client, officer: User) -> None:
    designate(make_town("22093", name="=Lamballe"))
    client.force_login(officer)
    table = b"".join(client.get(f"{LIST}?q=lamballe&export=csv")).decode("utf-8-sig")  # type: ignore[arg-type]
    assert table.startswith("Code INSEE;Commune;")
    assert "22093;'=Lamballe;" in table
    assert "Dinan" not in table


def test_a_town_out_of_reach_does_not_exist(client: Client, officer: User, dinan: Town) -> None:
    elsewhere = make_town("56260", name="Vannes")
    client.force_login(officer)
    for page in ("", "historique/", "financements/"):
        assert client.get(f"{LIST}{dinan.pk}/{page}").status_code == 200
        assert client.get(f"{LIST}{elsewhere.pk}/{page}").status_code == 404
    assert client.get("/bureau/departements/22/").status_code == 200
    assert client.get("/bureau/departements/56/").status_code == 404
    assert client.get("/bureau/regions/53/").status_code == 404


def test_shows_nothing_to_those_without_role_or_area(client: Client, dinan: Town) -> None:
    for user in (
        sent(person("sans-role"), department("22")),
        person("sans-mandat", role="Lecture"),
    ):
        client.force_login(user)
        response = client.get(LIST)
        assert response.status_code in {302, 403}
        assert client.get(f"{LIST}{dinan.pk}/").status_code in {302, 403}


def test_reads_the_sheet_at_a_past_date(client: Client, officer: User, dinan: Town) -> None:
    cover(dinan, kind=AgreementKind.FRAMEWORK, signed_on=date(2024, 5, 2), reference="CC-22")
    client.force_login(officer)
    assert "CC-22" in _text(client, f"{LIST}{dinan.pk}/")
    past = _text(client, f"{LIST}{dinan.pk}/?au=2024-05-01")
    assert "CC-22" not in past
    assert "1er\u00a0mai\u00a02024" in past
    assert "Donnez un jour" in _text(client, f"{LIST}{dinan.pk}/?au=hier")
    assert "d’ici à 2100" in _text(client, f"{LIST}{dinan.pk}/?au=9999-12-31")


def test_leads_from_an_ended_town_to_its_heir(client: Client, officer: User) -> None:
    mansle = make_town("22206", end=MERGER, name="Mansle")
    extend_town(mansle, "22206", start=MERGER, name="Mansle-les-Fontaines")
    fontclaireau = make_town("22140", end=MERGER, name="Fontclaireau")
    make_succession(fontclaireau, mansle, MERGER)
    cover(fontclaireau, signed_on=date(2021, 6, 1))
    client.force_login(officer)
    response = client.get(f"{LIST}{fontclaireau.pk}/")
    assert response["Location"] == f"{LIST}{mansle.pk}/"
    page = _text(client, f"{LIST}{mansle.pk}/")
    assert "signée par l’ancienne commune\u00a0Fontclaireau (22140)" in page.replace(
        "commune Font", "commune\u00a0Font"
    )
    assert client.get(f"{LIST}{fontclaireau.pk}/?au=2022-01-01").status_code == 200


def test_names_the_holder_of_a_post(client: Client, officer: User, dinan: Town) -> None:
    post = open_post(dinan)
    PostHolder.objects.create(post=post, name="Camille Le Goff", started_on=date(2022, 1, 1))
    client.force_login(officer)
    assert "Camille Le Goff" in _text(client, f"{LIST}{dinan.pk}/")


def test_offers_additions_to_those_who_may(client: Client, officer: User, dinan: Town) -> None:
    writer = sent(person("redactrice", role="Registre"), department("22"))
    client.force_login(officer)
    assert "presences/new/" not in _text(client, f"{LIST}{dinan.pk}/")
    client.force_login(writer)
    assert f"presences/new/?town={dinan.pk}" in _text(client, f"{LIST}{dinan.pk}/")


def test_asks_few_queries_whatever_the_rows(client: Client, officer: User, dinan: Town) -> None:
    client.force_login(officer)
    for _ in range(3):
        others = [new_town("22") for _ in range(3)]
        designate(*others)
        cover(dinan, *others)
        post = open_post(dinan, *others)
        PostHolder.objects.create(post=post, name="Camille", started_on=date(2022, 1, 1))
        make_commitment(town=dinan)
        make_mission(town=dinan)
        make_brownfield(town=dinan)
    for address in (LIST, f"{LIST}{dinan.pk}/", "/bureau/departements/22/"):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        found = "\n".join(query["sql"][:120] for query in queries)
        assert len(queries) <= 25, f"{address} : {len(queries)}\n{found}"


def test_pages_through_every_decision(client: Client, officer: User, dinan: Town) -> None:
    for _ in range(51):
        make_commitment(town=dinan)
    client.force_login(officer)
    address = f"{LIST}{dinan.pk}/financements/"
    assert "Page 1 sur 2" in _text(client, address)
    assert "Page 2 sur 2" in _text(client, f"{address}?p=2")

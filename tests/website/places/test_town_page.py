"""The page of a town, and every way of asking for it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from beffroi.club.events.models import Attendance
from beffroi.foundations.territories.models import FormerCode, Population, Town
from beffroi.programme.agreements.models import AgreementKind
from beffroi.programme.agreements.rules import reference_of_town
from tests.foundations.territories.factories import extend_town, make_succession, make_town
from tests.progress.factories import (
    cover,
    designate,
    make_brownfield,
    make_commitment,
    make_meeting,
    make_mission,
    make_programme,
    new_town,
    open_post,
)

pytestmark = pytest.mark.django_db
MERGER = date(2023, 1, 1)
PAGE = "/communes/22050-dinan/"


@pytest.fixture
def mansle() -> Town:
    """Mansle took in Fontclaireau on the day of the merger, and changed its name."""
    make_programme()
    town = make_town("16206", end=MERGER, name="Mansle")
    extend_town(town, "16206", start=MERGER, name="Mansle-les-Fontaines")
    fontclaireau = make_town("16140", end=MERGER, name="Fontclaireau")
    make_succession(fontclaireau, town, MERGER)
    designate(town)
    cover(fontclaireau)
    return town


@pytest.fixture
def split() -> Town:
    """Neussargues gave birth to another town, and kept its code."""
    make_programme()
    day = date(2025, 1, 1)
    town = make_town("15141", end=day, name="Neussargues en Pinatelle")
    extend_town(town, "15141", start=day, name="Neussargues-Moissac")
    make_succession(town, make_town("15031", start=day, name="Celles"), day)
    return town


@pytest.mark.parametrize("look", ["dsfr", "neutral"])
def test_tells_what_the_programme_did(
    client: Client, dinan: Town, look: str, settings: Settings
) -> None:
    settings.BEFFROI_SKIN = look
    cover(dinan, new_town(name="Lanvallay"))
    cover(dinan, kind=AgreementKind.FRAMEWORK, counts_as_ort=True)
    make_commitment("28000.00", town=dinan, purpose="halles")
    make_mission(town=dinan)
    make_brownfield(town=dinan)
    Attendance.objects.create(meeting=make_meeting(title="Rencontre de Dinan"), town=dinan)
    open_post(dinan)
    html = client.get(PAGE).content.decode()
    for words in (
        "Convention-cadre valant ORT", "Lanvallay", "28\u202f000\u00a0€", "2\u00a0€ par habitant",
        "Halles", "Mobilités", "Fonds friches", "Rencontre de Dinan", "Dinan Agglomération",
    ):  # fmt: skip
        assert words in html, words
    assert html.count("<h1") == 1


def test_an_empty_section_says_so(client: Client, dinan: Town) -> None:
    html = client.get(PAGE).content.decode()
    assert dinan.pk
    for words in (
        "Aucune convention ni aucun contrat signé",
        "Aucune décision de financement",
        "Aucune mission d’expertise",
        "Aucun projet de la commune n’est lauréat",
        "La présence de la commune à une rencontre du Club n’est pas enregistrée",
    ):
        assert words in html, words


def test_dates_every_section_and_names_its_source(client: Client, dinan: Town) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False):
        html = client.get(PAGE).content.decode()
    source = "Source&nbsp;: registre du programme, au 23\u00a0novembre\u00a02026."
    assert dinan.pk
    assert html.count(source) == 9


def test_names_no_person(client: Client, dinan: Town) -> None:
    make_commitment(town=dinan, beneficiary_name="Jeanne Martin", beneficiary_siren="")
    html = client.get(PAGE).content.decode()
    assert "personne physique" in html
    assert "Jeanne Martin" not in html


def test_compares_with_the_towns_most_like_it(client: Client, dinan: Town) -> None:
    near, far = new_town(name="Proche", inhabitants=13_000), new_town(name="Loin", inhabitants=90)
    for town in [near, far, *(new_town(inhabitants=14_001) for _ in range(4))]:
        designate(town)
    make_commitment("26000.00", town=near)
    compared = client.get(PAGE).context["compared"]
    assert compared[0].line.town_id == dinan.pk
    assert len(compared) == 6
    assert far.pk not in {town.line.town_id for town in compared}
    assert {town.per_inhabitant for town in compared if town.line.town_id == near.pk} == {
        Decimal(2)
    }


@pytest.mark.parametrize(
    "address", ["22050", "22050-", "22050-lamballe", "22050-DINAN", "22050-dinan-2"]
)
def test_leads_to_its_one_address(client: Client, dinan: Town, address: str) -> None:
    response = client.get(f"/communes/{address}/")
    assert dinan.pk
    assert (response.status_code, response["Location"]) == (301, PAGE)


def test_restores_the_zero_and_the_case_of_a_code(client: Client) -> None:
    make_town("01004", name="Ambérieu-en-Bugey")
    make_town("2A004", name="Ajaccio")
    assert client.get("/communes/1004/")["Location"] == "/communes/01004-amberieu-en-bugey/"
    assert client.get("/communes/2a004/")["Location"] == "/communes/2A004-ajaccio/"


def test_a_stale_code_leads_to_the_town_of_today(client: Client, mansle: Town) -> None:
    FormerCode.objects.create(code="16999", town=mansle)
    today = "/communes/16206-mansle-les-fontaines/"
    for address in ("16140", "16140-fontclaireau", "16206-mansle", "16999"):
        response = client.get(f"/communes/{address}/")
        assert (response.status_code, response["Location"]) == (301, today)


def test_marks_what_a_former_town_signed(client: Client, mansle: Town) -> None:
    html = client.get("/communes/16206-mansle-les-fontaines/").content.decode()
    assert mansle.pk
    assert "Au nom de l’ancienne commune Fontclaireau (16140)" in html


def test_a_split_town_lets_the_reader_choose(client: Client, split: Town) -> None:
    response = client.get("/communes/15141-neussargues-en-pinatelle/")
    html = response.content.decode()
    assert split.pk
    assert response.status_code == 200
    assert "/communes/15141-neussargues-moissac/" in html
    assert "/communes/15031-celles/" in html
    assert client.get("/communes/15141/")["Location"] == "/communes/15141-neussargues-moissac/"


def test_an_unknown_code_gets_a_search_field(client: Client) -> None:
    for address in ("99999", "bonjour", "22050000", "<b>", "22%0050", "²²²²²"):
        response = client.get(f"/communes/{address}/")
        assert response.status_code == 404
        assert 'name="q"' in response.content.decode()


def test_shows_the_town_at_another_date(client: Client, mansle: Town) -> None:
    response = client.get("/communes/16206-mansle/?au=2022-06-01")
    html = response.content.decode()
    assert mansle.pk
    assert "Fiche au 1er\u00a0juin\u00a02022" in html
    assert 'href="/communes/16206-mansle-les-fontaines/' not in html
    assert '<meta name="robots" content="noindex">' in html
    moved = client.get("/communes/16206-mansle-les-fontaines/?au=2022-06-01")
    assert moved["Location"] == "/communes/16206-mansle/?au=2022-06-01"


def test_shows_a_town_of_before_at_its_own_date(client: Client, mansle: Town) -> None:
    html = client.get("/communes/16140-fontclaireau/?au=2022-06-01").content.decode()
    assert mansle.pk
    assert "<h1" in html
    assert "Fontclaireau" in html
    assert "Convention d’adhésion" in html


def test_a_part_not_born_yet_leads_to_the_town_it_was_in(client: Client, split: Town) -> None:
    response = client.get("/communes/15031-celles/?au=2022-06-01")
    assert split.pk
    assert response["Location"] == "/communes/15141-neussargues-en-pinatelle/?au=2022-06-01"


def test_says_of_which_towns_one_was_born_later(client: Client) -> None:
    make_programme()
    new = make_town("79063", start=MERGER, name="Plaine-et-Vallées")
    for code, name in (("79001", "Oiron"), ("79002", "Brie")):
        make_succession(make_town(code, end=MERGER, name=name), new, MERGER)
    html = client.get("/communes/79063-plaine-et-vallees/?au=2022-06-01").content.decode()
    assert "n’existait pas encore" in html
    assert "/communes/79001-oiron/?au=2022-06-01" in html


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("hier", "ne se lit pas"),
        ("2023-02-30", "ce jour n’existe pas"),
        ("2020-09-30", "Le programme a été lancé le 1er\u00a0octobre\u00a02020"),
        ("9999-01-01", "n’est pas encore venu"),
        ("<script>", "ne se lit pas"),
    ],
)
def test_refuses_a_day_that_cannot_be_shown(
    client: Client, dinan: Town, asked: str, reason: str
) -> None:
    response = client.get(PAGE, {"au": asked})
    html = response.content.decode()
    assert dinan.pk
    assert response.status_code == 400
    assert reason in html
    assert "<script>" not in html


def test_today_is_no_other_date(client: Client, dinan: Town) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False):
        response = client.get(PAGE, {"au": "2026-11-23"})
    assert dinan.pk
    assert response.context["day"] is None


def test_tells_search_engines_its_one_address(client: Client, dinan: Town) -> None:
    html = client.get(PAGE).content.decode()
    assert dinan.pk
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{PAGE}">' in html
    assert "<title>Dinan (22050) – Petites villes de demain</title>" in html
    assert 'content="noindex"' not in html


def test_opens_the_page_of_a_town_outside_the_programme(client: Client) -> None:
    make_town("35238", name="Rennes")
    html = client.get("/communes/35238-rennes/").content.decode()
    assert "Hors du programme" in html
    assert "Le programme ne suit pas cette commune" in html


def test_a_warm_page_asks_little_of_the_database(
    client: Client, dinan: Town, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Population.objects.create(town=new_town(), inhabitants=3)
    client.get(PAGE)
    with django_assert_max_num_queries(15):
        client.get(PAGE)
    assert dinan.pk


def test_gives_no_number_to_an_agreement_that_came_without_one(client: Client, dinan: Town) -> None:
    adhesion = cover(dinan)
    adhesion.reference = reference_of_town(dinan.pk)
    adhesion.save()
    html = client.get(PAGE).content.decode()
    assert "Convention d’adhésion" in html
    assert adhesion.reference not in html

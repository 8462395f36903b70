"""Versions by day, what is kept by readers, and what is refused."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from beffroi.api.opendata import writing
from beffroi.foundations.audit.actions import record_act
from beffroi.foundations.territories.models import Succession, Town
from beffroi.progress.actions import freeze_snapshot, publish_snapshot
from tests.api.opendata.conftest import TODAY
from tests.api.opendata.test_files import body_of, read
from tests.foundations.territories.factories import extend_town, make_succession, make_town
from tests.progress.factories import DAY, designate, make_commitment, make_programme, new_town

pytestmark = pytest.mark.django_db


def test_a_version_holds_what_was_decided_by_its_day(client: Client, register: Town) -> None:
    make_commitment(town=register, decision_reference="PVD3", decided_on=date(2022, 1, 1))
    make_commitment(town=register, decision_reference="PVD4", cancelled_on=date(2022, 1, 1))
    before = read(client, "/donnees/engagements/2021-12-31.csv")
    after = read(client, "/donnees/engagements/2022-01-01.csv")
    assert [row["referenceDecision"] for row in before] == ["PVD1", "PVD2", "PVD4"]
    assert [row["referenceDecision"] for row in after] == ["PVD1", "PVD2", "PVD3"]


def test_a_version_writes_towns_as_they_were_that_day(client: Client) -> None:
    merged_on = date(2022, 7, 1)
    first = make_town("16140", end=merged_on, name="Fontclaireau")
    second = make_town("16206", end=merged_on, name="Mansle")
    extend_town(second, "16206", start=merged_on, name="Mansle-les-Fontaines")
    make_succession(first, second, merged_on)
    designate(first, second)
    names = [
        [row["lib_com"] for row in read(client, f"/donnees/communes/{day}.csv")]
        for day in ("2022-06-30", "2022-07-01")
    ]
    assert Succession.objects.count() == 1
    assert names == [["Fontclaireau", "Mansle"], ["Mansle-les-Fontaines"]]


@pytest.mark.usefixtures("register")
def test_figures_come_from_published_reports_alone(client: Client) -> None:
    late = freeze_snapshot(as_of=date(2022, 9, 30), frozen_at=TODAY)
    assert {row["date"] for row in read(client, "/donnees/indicateurs.csv")} == {"2022-09-23"}
    publish_snapshot(reference=late.reference, published_at=TODAY)
    dates = {row["date"] for row in read(client, "/donnees/indicateurs.csv")}
    assert dates == {"2022-09-23", "2022-09-30"}
    then = {row["date"] for row in read(client, "/donnees/indicateurs/2022-09-25.csv")}
    assert then == {"2022-09-23"}


@pytest.mark.usefixtures("register")
def test_a_share_gives_its_numerator_and_denominator(client: Client) -> None:
    rows = read(client, "/donnees/indicateurs.csv")
    share = next(row for row in rows if row["code"] == "adhesion_share")
    assert (share["valeur"], share["numerateur"], share["denominateur"]) == ("100", "1", "1")


@pytest.mark.usefixtures("register")
def test_a_reader_who_has_it_already_is_told_so(client: Client) -> None:
    first = client.get("/donnees/communes.csv")
    again = client.get("/donnees/communes.csv", headers={"if-none-match": first["ETag"]})
    since = client.get(
        "/donnees/communes.csv", headers={"if-modified-since": first["Last-Modified"]}
    )
    assert (again.status_code, since.status_code) == (304, 304)
    assert again["ETag"] == first["ETag"]
    record_act(verb="designate_town", target=make_programme(), at=timezone.now())
    changed = client.get("/donnees/communes.csv", headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200


@pytest.mark.usefixtures("register")
def test_a_head_reads_no_row(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(4):
        response = client.head("/donnees/engagements.csv")
    assert response.status_code == 200
    assert response["ETag"]
    assert not response.has_header("Content-Length")


@pytest.mark.usefixtures("register")
def test_a_workbook_too_long_to_wait_for_is_not_offered(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "MOST_ROWS_IN_A_WORKBOOK", 1)
    assert client.get("/donnees/engagements.ods").status_code == 404
    assert "engagements.ods" not in client.get("/donnees/engagements/").content.decode()
    assert "engagements.ods" not in client.get("/donnees/catalogue.jsonld").content.decode()
    assert client.get("/donnees/communes.ods").status_code == 200


@pytest.mark.usefixtures("register")
def test_any_site_may_read_it_and_the_file_has_a_name(client: Client) -> None:
    response = client.get("/donnees/communes/2022-09-23.csv")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Content-Disposition"] == 'attachment; filename="communes-2022-09-23.csv"'
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response.streaming


@pytest.mark.usefixtures("register")
def test_it_is_sent_compressed_to_those_who_can_read_it(client: Client) -> None:
    make_many = "definitions"
    response = client.get(f"/donnees/{make_many}.csv", headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert response["ETag"].startswith("W/")
    workbook = client.get(f"/donnees/{make_many}.ods", headers={"accept-encoding": "gzip"})
    assert not workbook.has_header("Content-Encoding")


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("path", "status", "reason"),
    [
        ("communes/2020-09-30.csv", 400, "lancé le 1er\u00a0octobre\u00a02020"),
        ("communes/2022-10-04.csv", 400, "n’est pas encore venu"),
        ("communes/2022-02-30.csv", 400, "n’existe pas au calendrier"),
        ("communes/hier.csv", 400, "ne se lit pas"),
        ("habitants.csv", 404, "Aucun jeu de données"),
        ("habitants/schema.json", 404, "Aucun jeu de données"),
        ("communes.parquet", 404, "n’existe pas en parquet"),
        ("engagements.geojson", 404, "n’existe pas en geojson"),
    ],
)
def test_a_file_that_does_not_exist_says_why(
    path: str, status: int, reason: str, client: Client
) -> None:
    response = client.get(f"/donnees/{path}")
    assert response.status_code == status
    assert response["Content-Type"].startswith("text/plain")
    assert reason in response.content.decode()


@pytest.mark.usefixtures("register")
def test_no_cell_starts_a_formula(client: Client) -> None:
    make_commitment(decision_reference="PVD9", purpose='=HYPERLINK("http://evil.example")')
    rows = read(client, "/donnees/engagements.csv")
    assert {row["objet"][:2] for row in rows if "evil" in row["objet"]} == {"'="}


def test_reading_the_commitments_takes_a_few_queries_however_many(
    client: Client, register: Town, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(30):
        make_commitment(town=register)
    make_commitment(town=new_town())
    with django_assert_max_num_queries(11):
        body = body_of(client.get("/donnees/engagements.csv"))
    assert len(list(csv.reader(io.StringIO(body.decode())))) == 34
    assert TODAY.date() > DAY

"""The public pages: every figure opens."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from beffroi.progress.actions import freeze_snapshot, publish_snapshot
from beffroi.progress.indicators import INDICATORS
from beffroi.progress.models import Snapshot
from tests.progress.factories import (
    DAY,
    cover,
    designate,
    make_commitment,
    make_mission,
    make_plan,
    new_town,
    publish_report,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2022, 9, 26, 9, 0, tzinfo=UTC)
PAGE = "/point-d-avancement/2022-09-23-national-r1/"


@pytest.fixture
def snapshot() -> Snapshot:
    """Two towns, one signed; a mission of a named funder."""
    signed = new_town(name="Dinan")
    designate(signed, new_town(name="Lamballe"))
    cover(signed)
    make_plan()
    make_commitment(town=signed, beneficiary_name=" =SOMME(A1)")
    make_mission(town=signed)
    return publish_report()


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_says_that_nothing_is_published_yet(client: Client) -> None:
    assert "Aucun point d’avancement n’est encore publié" in text_of(client, "/point-d-avancement/")


def test_lists_the_newest_report_first(client: Client, snapshot: Snapshot) -> None:
    older = publish_report(date(2022, 8, 31))
    text = text_of(client, "/point-d-avancement/")
    assert 0 < text.index(snapshot.get_absolute_url()) < text.index(older.get_absolute_url())


@pytest.mark.usefixtures("snapshot")
def test_shows_every_figure_with_ratio_and_definition(client: Client) -> None:
    text = text_of(client, PAGE)
    assert "50,0\u202f%" in text
    assert "1 sur 2" in text
    for heading in ("Adhésions et conventions", "Engagements financiers", "Accompagnement",
                    "Friches", "Sécurité", "Club"):  # fmt: skip
        assert f">{heading}</h2>" in text
    assert text.count("Définition n°") == len(INDICATORS)
    assert "donnees.csv" in text


def test_every_figure_with_rows_opens(client: Client, snapshot: Snapshot) -> None:
    for figure in snapshot.figures:
        text = text_of(client, f"{PAGE}{figure.code}/")
        assert figure.definition in text
        assert text.count("<tr>") >= len(figure.rows)


@pytest.mark.usefixtures("snapshot")
def test_opens_a_count_of_towns_onto_their_names(client: Client) -> None:
    text = text_of(client, f"{PAGE}adhesion_signed/")
    assert '<a href="/communes/22001/?au=2022-09-23">Dinan</a>' in text
    assert "Lamballe" not in text


@pytest.mark.usefixtures("snapshot")
def test_leads_from_the_place_of_a_project_to_its_town(client: Client) -> None:
    text = text_of(client, f"{PAGE}realised_amount/")
    assert '<a href="/communes/22001/?au=2022-09-23">Dinan (22001)</a>' in text


def test_never_names_a_person_who_was_helped(client: Client) -> None:
    make_commitment(beneficiary_name="Jeanne Martin", beneficiary_siren="")
    publish_report()
    text = text_of(client, f"{PAGE}realised_amount/")
    assert "personne physique" in text
    assert "Jeanne Martin" not in text


@pytest.mark.usefixtures("snapshot")
def test_opens_missions_by_funder(client: Client) -> None:
    text = text_of(client, f"{PAGE}expertise_missions/")
    assert "Missions d’expertise, par financeur" in text
    assert "5\u202f000,00\u00a0€" in text


def test_points_to_the_revision_that_replaces_it(client: Client, snapshot: Snapshot) -> None:
    make_mission()
    revised = freeze_snapshot(as_of=DAY, frozen_at=NOW, reason="mission oubliée")
    assert revised.reference not in text_of(client, snapshot.get_absolute_url())
    publish_snapshot(reference=revised.reference, published_at=NOW)
    assert revised.reference in text_of(client, snapshot.get_absolute_url())
    assert "mission oubliée" in text_of(client, "/point-d-avancement/2022-09-23-national-r2/")


@pytest.mark.usefixtures("snapshot")
def test_serves_the_files_under_the_fingerprint(client: Client) -> None:
    response = client.get(f"{PAGE}donnees.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode()), delimiter=";"))
    assert next(row for row in rows if row["code"] == "adhesion_share")["valeur"] == "50.0"
    again = client.get(f"{PAGE}donnees.csv", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    assert client.get(f"{PAGE}donnees.json").json()["as_of"] == "2022-09-23"


@pytest.mark.usefixtures("snapshot")
def test_no_row_of_a_file_is_a_formula(client: Client) -> None:
    content = client.get(f"{PAGE}realised_amount/lignes.csv").content.decode()
    assert "' =SOMME(A1)" in content


@pytest.mark.usefixtures("snapshot")
@pytest.mark.parametrize("path", ["2022-09-23-national-r9/", "2022-09-23-national-r1/rien/"])
def test_finds_nothing_where_nothing_is_frozen(client: Client, path: str) -> None:
    assert client.get(f"/point-d-avancement/{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "donnees.csv", "active_towns/", "active_towns/lignes.csv"])
def test_shows_nobody_from_outside_what_is_not_published(client: Client, path: str) -> None:
    designate(new_town())
    unpublished = freeze_snapshot(as_of=DAY, frozen_at=NOW)
    assert client.get(f"{PAGE}{path}").status_code == 404
    assert unpublished.reference not in text_of(client, "/point-d-avancement/")
    publish_snapshot(reference=unpublished.reference, published_at=NOW)
    assert client.get(f"{PAGE}{path}").status_code == 200


def test_previews_a_report_for_those_who_may_publish_it(admin_client: Client) -> None:
    designate(new_town())
    unpublished = freeze_snapshot(as_of=DAY, frozen_at=NOW)
    assert "Aperçu." in text_of(admin_client, PAGE)
    assert "no-store" in admin_client.get(f"{PAGE}donnees.csv")["Cache-Control"]
    publish_snapshot(reference=unpublished.reference, published_at=NOW)
    assert "Aperçu." not in text_of(admin_client, PAGE)

"""The API says what indicators are, measures them on any day anywhere, and opens them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from beffroi.foundations.audit.actions import record_act
from beffroi.foundations.territories.models import Town
from beffroi.progress.indicators import INDICATORS
from beffroi.progress.queries import explore
from tests.api.v1.conftest import GIVEN_TO, TODAY
from tests.foundations.territories.factories import make_succession, make_town
from tests.progress.factories import DAY, make_commitment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]
MOST = 15
HERE = "/api/v1/indicateurs"


def get(client: Client, path: str) -> Any:
    answer = client.get(f"{HERE}{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_every_declared_indicator_is_defined(client: Client) -> None:
    told = get(client, "?taille=500")["results"]
    assert [one["code"] for one in told] == [one.code for one in INDICATORS]
    assert all(one["definition"] and one["counts"] for one in told)
    share = next(one for one in told if one["code"] == "adhesion_share")
    assert share["over_code"] == "active_towns"
    assert share["rows"].endswith("/api/v1/indicateurs/adhesion_share/lignes")


def test_the_definitions_come_page_by_page(client: Client) -> None:
    first = get(client, "?taille=3")
    assert first["count"] == len(INDICATORS)
    assert len(first["results"]) == 3
    assert first["next"].endswith("?taille=3&page=2")


def test_the_figures_are_those_of_the_explorer(client: Client) -> None:
    told = get(client, f"/valeurs?au={DAY}&territoire=DEP:22")
    report = explore(as_of=DAY, territory="dep:22")
    assert told["reference"] == ""
    assert told["territory"] == "dep:22"
    assert told["inputs"] == report.inputs
    assert told["indicators"]["expertise_missions"]["value"] == 1
    assert told["country"]["active_towns"]["value"] == 1
    assert list(told["indicators"]) == [figure.code for figure in report.figures]


def test_a_figure_leads_to_its_own_rows(client: Client) -> None:
    told = get(client, f"/valeurs?au={DAY}&territoire=dep:22")
    address = told["indicators"]["active_towns"]["rows"]
    rows = client.get(address.removeprefix("http://testserver").split("example", 1)[-1]).json()
    assert rows["territory"] == "dep:22"
    assert rows["as_of"] == str(DAY)
    assert [row["cells"][:2] for row in rows["results"]] == [["22050", "Dinan"]]


def test_a_share_without_a_denominator_is_null(client: Client) -> None:
    share = get(client, f"/valeurs?au={DAY}&territoire=dep:35")["indicators"]["adhesion_share"]
    assert share["value"] is None


def test_every_departement_comes_in_one_answer(client: Client) -> None:
    told = get(client, f"/departements?au={DAY}")["departments"]
    assert [(one["code"], one["readings"]["active_towns"]["value"]) for one in told] == [
        ("22", 1),
        ("35", 0),
    ]


def test_rows_come_page_by_page_in_their_order(client: Client, register: Town) -> None:
    make_commitment("10.00", town=register)
    both = [
        get(client, f"/realised_amount/lignes?au={DAY}&taille=2&page={page}") for page in (1, 2)
    ]
    assert both[0]["count"] == 3
    assert [len(page["results"]) for page in both] == [2, 1]
    assert both[0]["columns"][0] == "Référence"
    assert GIVEN_TO not in json.dumps(both, ensure_ascii=False)


def test_rows_follow_the_register(client: Client, register: Town) -> None:
    address = f"/realised_amount/lignes?au={DAY}"
    before = get(client, address)["count"]
    made = make_commitment("10.00", town=register)
    record_act(verb="record_commitment", target=made, at=TODAY)
    assert get(client, address)["count"] == before + 1


def test_a_merged_town_is_not_found_and_names_its_successor(client: Client, register: Town) -> None:
    merged_on = date(2022, 1, 1)
    gone = make_town("22123", end=merged_on, name="Léhon")
    make_succession(gone, register, merged_on)
    for path in ("/valeurs", "/active_towns/lignes"):
        answer = client.get(f"{HERE}{path}?territoire=com:22123")
        assert answer.status_code == 404
        assert "com:22050" in answer.json()["detail"]
        assert [one["code"] for one in answer.json()["successors"]] == ["22050"]


@pytest.mark.parametrize(
    ("path", "status", "reason"),
    [
        ("/valeurs?au=2020-01-01", 400, "lancé"),
        ("/valeurs?au=2999-01-01", 400, "pas encore venu"),
        ("/valeurs?territoire=bretagne", 400, "illisible"),
        ("/valeurs?territoire=dep:99", 404, "Aucun territoire"),
        ("/valeurs?territoire=com:99999", 404, "aucune commune"),
        ("/valeurs?page=2", 400, "Paramètre inconnu"),
        ("/departements?au=hier", 400, "ne se lit pas"),
        ("/bonheur/lignes", 404, "Aucun indicateur"),
        ("/active_towns/lignes?page=9", 404, "pas de page"),
        ("/active_towns/lignes?taille=501", 400, "taille"),
    ],
)
def test_what_cannot_be_answered_says_why(
    client: Client, path: str, status: int, reason: str
) -> None:
    answer = client.get(f"{HERE}{path}")
    assert answer.status_code == status, answer.content
    assert reason in answer.json()["detail"]


@pytest.mark.parametrize(
    "path",
    [
        "",
        f"/valeurs?au={DAY}&territoire=dep:22",
        f"/departements?au={DAY}",
        f"/realised_amount/lignes?au={DAY}",
    ],
)
def test_an_answer_is_kept_and_takes_few_queries(
    client: Client, path: str, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    etag = client.get(f"{HERE}{path}")["ETag"]
    with django_assert_max_num_queries(MOST):
        again = client.get(f"{HERE}{path}")
    assert again["ETag"] == etag
    told = client.get(f"{HERE}{path}", headers={"if-none-match": etag})
    assert told.status_code == 304
    assert told.content == b""

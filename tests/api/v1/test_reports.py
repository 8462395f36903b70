"""The API hands out reports as they were frozen, and nothing before they are published."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from beffroi.foundations.territories.models import Town
from beffroi.progress.models import Snapshot
from tests.api.v1.conftest import REFERENCE, TODAY, UNPUBLISHED
from tests.progress.factories import DAY, make_commitment, publish_report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]
MOST = 15
HERE = "/api/v1/points-d-avancement"


def get(client: Client, path: str) -> Any:
    answer = client.get(f"{HERE}{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def references(client: Client, query: str) -> list[str]:
    return [one["reference"] for one in get(client, query)["results"]]


def test_only_published_reports_are_listed(client: Client) -> None:
    assert references(client, "") == [REFERENCE, "2022-09-23-dep-22-r1"]
    one = get(client, "")["results"][0]
    assert one["page"].endswith(f"/point-d-avancement/{REFERENCE}/")
    assert one["api"].endswith(f"{HERE}/{REFERENCE}")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?territoire=dep:22", 1),
        ("?territoire=DEP:22", 1),
        ("?territoire=national", 1),
        ("?territoire=reg:53", 0),
        (f"?depuis={DAY}", 2),
        ("?depuis=2022-09-24", 0),
        (f"?jusqu_au={DAY}", 2),
        ("?jusqu_au=2022-09-22", 0),
        ("?taille=1&page=2", 1),
    ],
)
def test_reports_are_narrowed(client: Client, query: str, count: int) -> None:
    assert len(references(client, query)) == count


def test_a_report_stays_as_it_was_frozen(client: Client, register: Town) -> None:
    before = client.get(f"{HERE}/{REFERENCE}")
    make_commitment("10.00", town=register)
    after = client.get(f"{HERE}/{REFERENCE}")
    assert before.content == after.content
    assert before["ETag"] == after["ETag"]
    assert before.json()["fingerprint"] == Snapshot.objects.get(reference=REFERENCE).fingerprint


def test_a_revised_report_names_its_revision(client: Client, register: Town) -> None:
    etag = client.get(f"{HERE}/{REFERENCE}")["ETag"]
    make_commitment("10.00", town=register)
    publish_report(DAY, frozen_at=TODAY, reason="Une décision oubliée.")
    answer = client.get(f"{HERE}/{REFERENCE}", headers={"if-none-match": etag})
    assert answer.status_code == 200
    assert answer.json()["revised_by"] == "2022-09-23-national-r2"
    revised = get(client, "/2022-09-23-national-r2")
    assert revised["reason"] == "Une décision oubliée."
    assert revised["revised_by"] is None


def test_the_rows_behind_a_figure_are_the_frozen_ones(client: Client, register: Town) -> None:
    make_commitment("10.00", town=register)
    address = f"/{REFERENCE}/realised_amount/lignes"
    pages = [get(client, f"{address}?taille=1&page={page}") for page in (1, 2)]
    assert pages[0]["count"] == 2
    told = [row["cells"] for page in pages for row in page["results"]]
    snapshot = Snapshot.objects.get(reference=REFERENCE)
    assert told == [list(row.cells) for row in snapshot.rows_behind("realised_amount").rows]


@pytest.mark.parametrize(
    ("path", "status", "reason"),
    [
        (f"/{UNPUBLISHED}", 404, "Aucun point d’avancement"),
        (f"/{UNPUBLISHED}/active_towns/lignes", 404, "Aucun point d’avancement"),
        ("/inconnu", 404, "inconnu"),
        (f"/{REFERENCE}/bonheur/lignes", 404, "bonheur"),
        (f"/{REFERENCE}/active_towns/lignes?page=2", 404, "pas de page"),
        ("?territoire=bretagne", 400, "illisible"),
        ("?depuis=hier", 400, "ne se lit pas"),
        ("?page=2", 404, "pas de page"),
    ],
)
def test_what_cannot_be_answered_says_why(
    client: Client, path: str, status: int, reason: str
) -> None:
    answer = client.get(f"{HERE}{path}")
    assert answer.status_code == status, answer.content
    assert reason in answer.json()["detail"]


@pytest.mark.parametrize("path", ["", f"/{REFERENCE}", f"/{REFERENCE}/realised_amount/lignes"])
def test_an_answer_is_kept_and_takes_few_queries(
    client: Client, path: str, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with django_assert_max_num_queries(MOST):
        etag = client.get(f"{HERE}{path}")["ETag"]
    assert not etag.startswith("W/")
    assert client.get(f"{HERE}{path}", headers={"if-none-match": etag}).status_code == 304

"""Any day, any territory: measured on demand, said to be so, and never a wrong zero."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.cache import cache
from django.test import Client

from beffroi.foundations.territories.models import Town
from beffroi.progress.actions import freeze_snapshot, publish_snapshot
from tests.foundations.territories.factories import make_region, make_succession, make_town
from tests.progress.factories import cover, designate, make_commitment

pytestmark = pytest.mark.django_db
EXPLORER = "/point-d-avancement/a-la-date/"
LIVE = "Chiffres calculés à la demande, non figés"


@pytest.fixture(autouse=True)
def dinan() -> Town:
    """A town that signed, one that did not, and money spent."""
    cache.clear()
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor", "29": "Finistère"})
    dinan = make_town("22050", name="Dinan")
    designate(dinan, make_town("22113", name="Lannion"))
    cover(dinan)
    make_commitment(town=dinan)
    return dinan


def asked(client: Client, *, status: int = 200, path: str = EXPLORER, **query: str) -> str:
    return answer(client, query, status=status, path=path)


def answer(
    client: Client, query: dict[str, str], *, status: int = 200, path: str = EXPLORER
) -> str:
    response = client.get(path, query)
    assert response.status_code == status
    return response.content.decode()


def test_shows_a_form_to_who_asks_nothing(client: Client) -> None:
    text = asked(client)
    assert "<form" in text
    assert "Côtes-d’Armor (22)" in text
    assert LIVE not in text


def test_measures_any_day_and_says_that_nothing_is_frozen(client: Client) -> None:
    text = asked(client, au="2022-09-23")
    assert LIVE in text
    assert "noindex" in text
    assert "50,0\u202f%" in text


def test_measures_the_day_and_the_place_asked_for(client: Client) -> None:
    assert "0,0\u202f%" in asked(client, au="2021-01-01", territoire="dep:22")
    text = asked(client, au="2022-09-23", territoire="dep:22")
    assert "Côtes-d’Armor" in text
    assert "50,0\u202f%" in text


def test_opens_each_figure_onto_its_rows(client: Client) -> None:
    query = {"au": "2022-09-23", "territoire": "dep:22"}
    text = answer(client, query, path=f"{EXPLORER}adhesion_signed/")
    assert LIVE in text
    assert "Dinan" in text
    assert "Lannion" not in text
    rows = answer(client, query, path=f"{EXPLORER}adhesion_signed/lignes.csv")
    (row,) = rows.splitlines()[1:]
    assert row.startswith("22050;Dinan;22;2021-06-01;")
    assert '"code": "adhesion_signed"' in answer(
        client, query, path=f"{EXPLORER}adhesion_signed/lignes.json"
    )


def test_leads_to_the_report_frozen_that_day(client: Client) -> None:
    now = datetime(2022, 9, 26, 9, 0, tzinfo=UTC)
    frozen = freeze_snapshot(as_of=date(2022, 9, 23), frozen_at=now)
    assert frozen.get_absolute_url() not in asked(client, au="2022-09-23")
    publish_snapshot(reference=frozen.reference, published_at=now)
    assert frozen.get_absolute_url() in asked(client, au="2022-09-23")


def test_finds_a_territory_by_its_name(client: Client) -> None:
    alone = client.get(EXPLORER, {"au": "2022-09-23", "q": "cotes d armor"})
    assert alone.headers["Location"].endswith("?au=2022-09-23&territoire=dep:22")
    several = asked(client, au="2022-09-23", q="in")
    assert "territoire=dep:29" in several
    assert "territoire=com:22050" in several
    assert "Aucun territoire ne porte ce nom" in asked(client, au="2022-09-23", q="Atlantide")


@pytest.mark.parametrize(
    ("query", "status", "reason"),
    [
        ({"au": "hier"}, 400, "ne se lit pas"),
        ({"au": "2022-02-30"}, 400, "n’existe pas au calendrier"),
        ({"au": "2019-01-01"}, 400, "précède le lancement"),
        ({"au": "2999-01-01"}, 400, "n’est pas encore venu"),
        ({"au": "2022-09-23", "territoire": "dep:99"}, 404, "Aucun territoire"),
        ({"au": "2022-09-23", "territoire": "lune"}, 404, "illisible"),
    ],
)
def test_refuses_with_a_reason_and_keeps_the_form(
    client: Client, query: dict[str, str], status: int, reason: str
) -> None:
    for path in (EXPLORER, f"{EXPLORER}active_towns/", f"{EXPLORER}active_towns/lignes.csv"):
        text = answer(client, query, status=status, path=path)
        assert reason in text
        assert "<form" in text
        assert "report-key" not in text


def test_an_unknown_figure_is_not_found(client: Client) -> None:
    assert client.get(f"{EXPLORER}rien/", {"au": "2022-09-23"}).status_code == 404


def test_a_merged_town_leads_to_its_successor(client: Client, dinan: Town) -> None:
    merged = make_town("22123", end=date(2018, 1, 1), name="Léhon")
    make_succession(merged, dinan, date(2018, 1, 1))
    text = asked(client, status=404, au="2022-09-23", territoire="com:22123")
    assert "Dinan (22050)" in text
    assert "territoire=com:22050" in text

"""Long measures take turns, and leave the rest of the site alone."""

from __future__ import annotations

import pytest
from django.test import Client

from beffroi.progress.views import turns
from tests.progress.factories import designate, new_town

pytestmark = pytest.mark.django_db
LIVE = "/point-d-avancement/a-la-date/"
LONG = (
    "changements/?au=2022-09-23&depuis=2021-09-23",
    "changements.csv?au=2022-09-23&depuis=2021-09-23",
    "active_towns/?au=2022-09-23",
    "active_towns/lignes.csv?au=2022-09-23",
)


@pytest.mark.parametrize("path", LONG)
def test_one_measure_too_many_is_told_to_come_back(client: Client, path: str) -> None:
    designate(new_town())
    for _ in range(turns.AT_ONCE):
        turns._TURNS.acquire()
    try:
        refused = client.get(f"{LIVE}{path}")
        assert refused.status_code == 503
        assert int(refused["Retry-After"]) > 0
        assert "no-store" in refused["Cache-Control"]
        assert "Rechargez la page" in refused.content.decode()
        assert client.get(LIVE).status_code == 200
    finally:
        for _ in range(turns.AT_ONCE):
            turns._TURNS.release()
    assert client.get(f"{LIVE}{path}").status_code == 200


def test_a_turn_ends_with_a_refusal_too(client: Client) -> None:
    designate(new_town())
    for _ in range(turns.AT_ONCE + 1):
        assert client.get(f"{LIVE}rien/", {"au": "2022-09-23"}).status_code == 404

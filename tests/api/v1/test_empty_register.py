"""Before anything is recorded, the API says so instead of giving figures."""

from __future__ import annotations

import pytest
from django.test import Client

from beffroi.programme.membership.models import Programme

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_day")]


@pytest.mark.parametrize("path", ["valeurs", "departements", "active_towns/lignes"])
def test_an_empty_register_has_no_figures(client: Client, path: str) -> None:
    Programme.objects.all().delete()
    answer = client.get(f"/api/v1/indicateurs/{path}")
    assert answer.status_code == 404
    assert "registre est vide" in answer.json()["detail"]


@pytest.mark.parametrize(
    "path", ["communes", "conventions", "points-d-avancement", "lettres", "rencontres"]
)
def test_an_empty_register_has_empty_lists(client: Client, path: str) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200
    assert answer.json()["results"] == []

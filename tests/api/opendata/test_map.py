"""The datasets that have a place on a map."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from beffroi.foundations.territories.models import (
    Intercommunality,
    IntercommunalityCentre,
    Town,
    TownCentre,
)
from tests.api.opendata.test_files import body_of
from tests.progress.factories import designate, new_town

pytestmark = pytest.mark.django_db


def collection(client: Client, path: str) -> dict[str, Any]:
    response = client.get(path)
    assert response["Content-Type"] == "application/geo+json"
    found: dict[str, Any] = json.loads(body_of(response))
    assert found["type"] == "FeatureCollection"
    return found


def test_a_town_whose_point_is_known_stands_on_the_map(client: Client, register: Town) -> None:
    TownCentre.objects.create(town=register, longitude=-2.04928, latitude=48.45551)
    designate(new_town(name="Ailleurs"))
    unknown, dinan = collection(client, "/donnees/communes.geojson")["features"]
    assert dinan["geometry"] == {"type": "Point", "coordinates": [-2.04928, 48.45551]}
    assert (dinan["id"], dinan["properties"]["lib_com"]) == ("22050", "Dinan")
    assert unknown["geometry"] is None


@pytest.mark.usefixtures("register")
def test_an_intercommunality_stands_at_its_centroid(client: Client) -> None:
    epci = Intercommunality.objects.get(siren="200068989")
    IntercommunalityCentre.objects.create(intercommunality=epci, longitude=-2.1, latitude=48.4)
    (feature,) = collection(client, "/donnees/intercommunalites/2022-09-23.geojson")["features"]
    assert feature["geometry"]["coordinates"] == [-2.1, 48.4]
    assert feature["properties"]["communes"] == 1


@pytest.mark.usefixtures("register")
def test_says_how_many_have_no_point(client: Client) -> None:
    described = client.get("/donnees/communes/schema.json").json()["description"]
    assert "un point est connu pour 0 des 1 lignes" in described
    assert "0 des 1 lignes" in client.get("/donnees/communes/").content.decode()


def test_an_empty_register_gives_an_empty_collection(client: Client) -> None:
    assert collection(client, "/donnees/communes.geojson")["features"] == []

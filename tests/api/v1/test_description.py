"""The API describes itself to programs and to people, from one document."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from beffroi.api.v1.description import operations_of
from beffroi.api.v1.documentation import subjects_of
from beffroi.api.v1.interface import api

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(client: Client, settings: Any) -> dict[str, Any]:
    settings.BEFFROI_SITE_URL = "https://beffroi.example"
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    return dict(answer.json())


def test_the_document_names_its_site_its_licence_and_whom_to_ask(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert document["servers"] == [{"url": "https://beffroi.example/api/v1"}]
    assert document["info"]["license"]["name"] == "Licence Ouverte 2.0"
    assert document["info"]["contact"]["url"].startswith("https://beffroi.example/")


def test_every_operation_has_its_words_and_its_refusals(document: dict[str, Any]) -> None:
    for operation in operations_of(document):
        name = operation["operationId"]
        assert operation["summary"], name
        assert operation["description"].endswith("."), name
        assert set(operation["responses"]) == {"200", "304", "400", "404", "406", "429"}, name
        for parameter in operation["parameters"]:
            assert parameter["description"].endswith("."), (name, parameter["name"])
            assert "example" in parameter or "default" in parameter["schema"], parameter


def test_refusals_are_problems(document: dict[str, Any]) -> None:
    for name in ("Refused", "Missing", "NotAccepted", "TooMany"):
        assert list(document["components"]["responses"][name]["content"]) == [
            "application/problem+json"
        ]


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    for reference in set(_references(document)):
        found: Any = document
        for step in reference.removeprefix("#/").split("/"):
            assert step in found, reference
            found = found[step]


def test_the_page_shows_every_operation_with_a_curl(
    client: Client, document: dict[str, Any]
) -> None:
    answer = client.get("/api/v1/")
    page = answer.content.decode()
    assert answer["Link"] == '<https://beffroi.example/api/v1/openapi.json>; rel="service-desc"'
    shown = [one for subject in subjects_of(document) for one in subject.operations]
    assert len(shown) == len(list(operations_of(document)))
    for one in shown:
        assert f'id="{one.anchor}"' in page
        assert "{" not in one.example, one.example
    assert "curl &#x27;https://beffroi.example/api/v1/communes?au=2022-09-23&#x27;" in page
    assert "<script" not in page.partition("<main")[2].partition("</main>")[0]


def test_the_page_tells_the_fields_inside_lists_and_objects(document: dict[str, Any]) -> None:
    fields = {
        one.name: one.kind
        for subject in subjects_of(document)
        for operation in subject.operations
        if operation.anchor == "list-towns"
        for one in operation.fields
    }
    assert fields["results[].epci.code"] == "texte"
    assert fields["results[].committed"] == "nombre"
    assert fields["results[].framework_due_on"] == "date ou null"


def test_describing_leaves_the_interface_as_it_was(client: Client) -> None:
    before = api.get_openapi_schema(path_prefix="/")
    client.get("/api/v1/openapi.json")
    assert api.get_openapi_schema(path_prefix="/") == before


def test_open_data_and_the_api_lead_to_each_other(client: Client) -> None:
    assert 'href="/api/v1/"' in client.get("/donnees/").content.decode()
    assert 'href="/donnees/"' in client.get("/api/v1/").content.decode()


def _references(within: Any) -> list[str]:
    if isinstance(within, dict):
        own = [within["$ref"]] if isinstance(within.get("$ref"), str) else []
        return own + [one for value in within.values() for one in _references(value)]
    if isinstance(within, list):
        return [one for value in within for one in _references(value)]
    return []

"""The files: what they hold, at which address, and what refuses them."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from frictionless import Resource, Schema
from python_calamine import CalamineWorkbook

from beffroi.api.opendata.datasets import DATASETS
from beffroi.api.opendata.writing import forms_of
from tests.api.opendata.conftest import ADDRESS, GIVEN_TO, HOLDER, PHONE

pytestmark = pytest.mark.django_db
CODES = [dataset.code for dataset in DATASETS]
FORMS = [(dataset.code, form.value) for dataset in DATASETS for form in forms_of(dataset, rows=1)]


def body_of(response: Any) -> bytes:
    """The whole body, however it was sent."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def read(client: Client, path: str) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    response = client.get(path)
    assert response.status_code == 200, path
    return list(csv.DictReader(io.StringIO(body_of(response).decode())))


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("code", CODES)
def test_every_file_obeys_its_own_schema(code: str, client: Client) -> None:
    schema = Schema.from_descriptor(client.get(f"/donnees/{code}/schema.json").json())
    written = body_of(client.get(f"/donnees/{code}.csv"))
    resource = Resource(data=written, format="csv", encoding="utf-8", schema=schema)
    report = resource.validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])
    assert report.task.stats.get("rows") or code == "territoires"


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("code", CODES)
def test_says_the_same_in_every_form(code: str, client: Client) -> None:
    rows = read(client, f"/donnees/{code}.csv")
    records = json.loads(body_of(client.get(f"/donnees/{code}.json")))
    workbook = CalamineWorkbook.from_filelike(
        io.BytesIO(body_of(client.get(f"/donnees/{code}.ods")))
    )
    sheet = workbook.get_sheet_by_index(0).to_python()
    assert len(rows) == len(records) == len(sheet) - 1
    for row, record in zip(rows, records, strict=True):
        assert list(row) == list(record) == sheet[0]
        assert {name for name, cell in row.items() if cell == ""} == {
            name for name, cell in record.items() if cell is None
        }


@pytest.mark.parametrize("code", CODES)
def test_an_empty_register_gives_empty_files(code: str, client: Client) -> None:
    rows = read(client, f"/donnees/{code}.csv")
    assert rows == [] or code == "definitions"
    assert json.loads(body_of(client.get(f"/donnees/{code}.json"))) == [] or rows


@pytest.mark.usefixtures("register")
def test_towns_come_in_the_columns_of_the_national_file(client: Client) -> None:
    body = body_of(client.get("/donnees/communes.csv")).decode()
    assert body.splitlines() == [
        "id_pvd,insee_com,lib_com,insee_dep,lib_dep,lib_reg,pop,siren_epci,lib_epci",
        "pvd-53-22-1,22050,Dinan,22,Côtes-d’Armor,Bretagne,14045,200068989,CA Dinan Agglomération",
    ]


@pytest.mark.usefixtures("register")
def test_commitments_come_in_the_columns_of_the_public_scheme(client: Client) -> None:
    first, second = read(client, "/donnees/engagements.csv")
    assert list(first)[:14] == [
        "nomAttribuant",
        "idAttribuant",
        "dateConvention",
        "referenceDecision",
        "nomBeneficiaire",
        "idBeneficiaire",
        "objet",
        "montant",
        "nature",
        "conditionsVersement",
        "datesPeriodeVersement",
        "idRAE",
        "notificationUE",
        "pourcentageSubvention",
    ]
    assert (first["montant"], first["idAttribuant"]) == ("4607.73", "180067027")
    assert (second["nomBeneficiaire"], second["idBeneficiaire"]) == ("personne physique", "")
    assert (first["objet"], second["objet"]) == ("réhabilitation", "objet non publié")


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(("code", "form"), FORMS)
def test_no_file_names_a_person(code: str, form: str, client: Client) -> None:
    for path in (f"/donnees/{code}.{form}", f"/donnees/{code}/2022-09-23.{form}"):
        body = body_of(client.get(path))
        written = _text(body) if form == "ods" else body.decode()
        assert written
        for private in (HOLDER, ADDRESS, PHONE, GIVEN_TO, "Kerguelen", "Guennec"):
            assert private not in written


def _text(workbook: bytes) -> str:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0)
    return str(sheet.to_python())

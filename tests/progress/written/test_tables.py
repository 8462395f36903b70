"""The tidy tables of a report: whole, exact, and true to their Table Schemas."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from frictionless import Dialect, Resource, Schema
from frictionless.formats import CsvControl

from beffroi.progress.report import Breakdown, Line, Report
from beffroi.progress.rules import Reading
from beffroi.progress.written.files import write_json
from beffroi.progress.written.tables import TABLES, exact
from tests.progress.samples import sample_report


def lines_of(table: str, report: Report | None = None) -> list[dict[str, str]]:
    text = TABLES[table].written(report or sample_report()).decode()
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.mark.parametrize("name", TABLES)
def test_each_table_holds_to_its_schema(
    client: Client, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    described = client.get(f"/point-d-avancement/schemas/{name}.json").json()
    (tmp_path / "table.csv").write_bytes(TABLES[name].written(sample_report()))
    monkeypatch.chdir(tmp_path)
    resource = Resource(
        path="table.csv",
        dialect=Dialect(controls=[CsvControl(delimiter=";")]),
        schema=Schema.from_descriptor(described),
    )
    checked = resource.validate()
    assert checked.valid, checked.flatten(["rowNumber", "fieldName", "note"])[:5]


@pytest.mark.django_db
def test_an_unknown_schema_is_not_there(client: Client) -> None:
    assert client.get("/point-d-avancement/schemas/autre.json").status_code == 404


def test_one_line_for_each_place_and_figure() -> None:
    report, lines = sample_report(), lines_of("territoires")
    assert len(lines) == sum(len(p.readings) for parts in report.parts for p in parts.places)
    assert {line["type_territoire"] for line in lines} == {"reg", "dep"}
    signed = next(
        line
        for line in lines
        if (line["code_territoire"], line["code"]) == ("2A", "adhesion_share")
    )
    assert (signed["valeur"], signed["numerateur"], signed["denominateur"]) == ("80", "4", "5")


def test_one_line_for_each_day_and_figure_of_the_territory_and_of_its_parts() -> None:
    report, lines = sample_report(), lines_of("series")
    assert report.series is not None
    courses = [report.series.readings, *(part.readings for part in report.series.parts)]
    assert len(lines) == 8 * sum(map(len, courses))
    assert lines[0]["date"] == "2020-12-31"
    assert lines[0]["type_territoire"] == "national"


def test_amounts_are_exact_and_a_label_is_no_formula() -> None:
    amount = Decimal("12345678901234567.89")
    risky = Breakdown("funder", "Par financeur", (Line("=SOMME(A1)", Reading(amount)),))
    report = replace(sample_report(), breakdowns={"realised_amount": (risky,)})
    (line,) = lines_of("repartitions", report)
    assert (line["part"], line["valeur"]) == ("'=SOMME(A1)", "12345678901234567.89")


def test_writes_numbers_without_idle_zeros_and_what_does_not_exist_as_nothing() -> None:
    assert exact(Decimal("675.000000")) == "675"
    assert exact(Decimal("780000000.00")) == "780000000"
    assert exact(Decimal("99.60")) == "99.6"
    assert (exact(0), exact(None)) == ("0", "")


def test_json_holds_all_that_the_report_does() -> None:
    whole = json.loads(write_json(sample_report()))
    assert len(whole["parts"][1]["places"]) == 101
    assert whole["breakdowns"]["realised_amount"][0]["lines"][1]["value"] == 400_000_000
    assert whole["series"]["indicators"]["framework_towns"][-1]["value"] == 26
    assert whole["partners"] == ["Banque des Territoires", "Anah", "Cerema"]


def test_json_of_a_report_frozen_before_says_what_it_said() -> None:
    before = replace(
        sample_report(), inputs="", foreword="", parts=(), series=None, breakdowns={}, partners=()
    )
    assert list(json.loads(write_json(before))) == [
        "reference",
        "as_of",
        "territory",
        "territory_name",
        "revision",
        "reason",
        "fingerprint",
        "indicators",
    ]

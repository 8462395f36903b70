from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from beffroi.offers.calls.models import BrownfieldProject, Call, Edition
from tests.foundations.imports.country import (
    BROWNFIELDS,
    Country,
    make_country,
    outcomes,
    receive,
    refusals,
)

LAUREATE = "FF1-1;1;2021-06-15;01004;Ambérieu;15910;8534;43"


@pytest.fixture(autouse=True)
def country(db: None) -> Country:  # noqa: ARG001
    return make_country()


def test_records_laureates_and_opens_the_editions(tmp_path: Path, country: Country) -> None:
    third = "FF3-1;3;15/06/2022;1053;Bourg;1 200,50;0;0"
    assert outcomes(receive(tmp_path / "f.csv", BROWNFIELDS, LAUREATE, third)) == {"created": 2}
    assert Call.objects.get().name == "Fonds friches"
    assert set(Edition.objects.values_list("number", flat=True)) == {1, 3}
    project = BrownfieldProject.objects.get(reference="FF1-1")
    assert project.town == country.amberieu
    assert (project.area_m2, project.housing_m2) == (Decimal(15910), Decimal(8534))
    assert project.social_percent == Decimal(43)


def test_corrects_a_laureate(tmp_path: Path) -> None:
    receive(tmp_path / "f.csv", BROWNFIELDS, LAUREATE)
    other = LAUREATE.replace("FF1-1;1", "FF1-1;2")
    assert outcomes(receive(tmp_path / "f.csv", BROWNFIELDS, other)) == {"updated": 1}
    assert BrownfieldProject.objects.get().edition.number == 2


@pytest.mark.parametrize(
    ("before", "after", "column"),
    [
        (";43", ";143", "part_sociale_pct"),
        ("15910", "-15910", "surface_m2"),
        ("8534", "", "surface_logements_m2"),
        ("FF1-1;1", "FF1-1;première", "edition"),
        ("FF1-1;1", "FF1-1;0", "edition"),
        ("FF1-1", "", "id_projet"),
        ("01004", "01999", "insee_com"),
        ("2021-06-15", "15-06-2021", "date_decision"),
    ],
)
def test_refuses_laureates_that_cannot_be(
    tmp_path: Path, before: str, after: str, column: str
) -> None:
    report = receive(tmp_path / "f.csv", BROWNFIELDS, LAUREATE.replace(before, after, 1))
    assert [fault[:2] for fault in refusals(report)] == [(2, column)]

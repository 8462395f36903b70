"""A person brings in the rows within their reach, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.imports.bounds import OUTSIDE
from beffroi.foundations.mandates.queries import NOWHERE, Scope
from beffroi.foundations.territories.models import Department
from beffroi.programme.agreements.models import Coverage
from beffroi.programme.support.models import ExpertiseMission
from tests.foundations.imports.country import (
    ADHESIONS,
    BROWNFIELDS,
    COMMITMENTS,
    EPCI,
    FRAMEWORKS,
    MEETINGS,
    MISSIONS,
    PLANS,
    POSTS,
    SECURITY,
    outcomes,
    receive,
)

pytestmark = pytest.mark.usefixtures("country")
ELSEWHERE = [
    (ADHESIONS, "16206;Mansle;;2021-02-20;", "insee_com"),
    (FRAMEWORKS, f"C1;2022-07-27;oui;{EPCI};16206;", "insee_com"),
    (POSTS, "P1;commune;16206;16206;2021-01-01;", "insee_com"),
    (MISSIONS, "M1;16206;Anah;x;1/1/2022;1", "insee_com"),
    (PLANS, "Anah;100", "financeur"),
    (COMMITMENTS, "Anah;;2021-01-02;D1;Ville;210100046;o;1;aide;16206", "insee_com"),
    (SECURITY, "16206;Mansle;contrat de sécurité PVD;28/06/2022", "insee_com"),
    (BROWNFIELDS, "F1;1;2021-05-01;16206;;1;1;1", "insee_com"),
    (MEETINGS, "R1;T;t;2022-06-22;;12", "id_evenement"),
]


def ain() -> Scope:
    return Scope(department_ids=frozenset({Department.objects.get(code="01").pk}))


def partner(name: str) -> Scope:
    return Scope(organisation_ids=frozenset({Organisation.objects.get(name=name).pk}))


@pytest.mark.parametrize(("header", "row", "column"), ELSEWHERE)
def test_refuses_rows_of_another_area(tmp_path: Path, header: str, row: str, column: str) -> None:
    report = receive(tmp_path / "f.csv", header, row, scope=ain())
    (refusal,) = report.refused
    assert (refusal.line, refusal.column) == (2, column)
    assert refusal.reason.startswith(OUTSIDE)


@pytest.mark.parametrize(("header", "row", "column"), ELSEWHERE)
def test_refuses_everything_without_a_mandate(
    tmp_path: Path, header: str, row: str, column: str
) -> None:
    assert outcomes(receive(tmp_path / "f.csv", header, row, scope=NOWHERE)) == {"refused": 1}
    assert column


@pytest.mark.parametrize(("header", "row", "column"), ELSEWHERE[:4] + ELSEWHERE[5:8])
def test_takes_rows_of_ones_own_area(tmp_path: Path, header: str, row: str, column: str) -> None:
    report = receive(tmp_path / "f.csv", header, row.replace("16206", "01004"), scope=ain())
    assert (outcomes(report), column) == ({"created": 1}, "insee_com")


def test_a_partner_brings_the_rows_that_name_it(tmp_path: Path) -> None:
    rows = ("M1;16206;Anah;x;1/1/2022;1", "M2;16206;ANCT;x;1/1/2022;1")
    report = receive(tmp_path / "m.csv", MISSIONS, *rows, scope=partner("Anah"), is_partial=True)
    assert outcomes(report) == {"created": 1, "refused": 1}
    assert ExpertiseMission.objects.get().reference == "M1"


def test_nobody_takes_over_the_row_of_another_area(tmp_path: Path) -> None:
    receive(tmp_path / "m.csv", MISSIONS, "M1;16206;Anah;x;1/1/2022;1")
    report = receive(tmp_path / "m.csv", MISSIONS, "M1;01004;Anah;x;1/1/2022;1", scope=ain())
    (refusal,) = report.refused
    assert (refusal.column, "le registre a déjà cette référence" in refusal.reason) == (
        "id_mission",
        True,
    )


def test_a_shared_document_is_open_to_each_of_its_areas(tmp_path: Path) -> None:
    both = [f"C1;2022-07-27;oui;{EPCI};{code};" for code in ("16206", "01004")]
    receive(tmp_path / "c.csv", FRAMEWORKS, *both)
    more = f"C1;2022-07-27;oui;{EPCI};01053;"
    assert outcomes(receive(tmp_path / "d.csv", FRAMEWORKS, more, scope=ain())) == {"created": 1}
    assert Coverage.objects.count() == 3

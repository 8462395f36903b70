from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from beffroi.foundations.imports.actions import import_files
from beffroi.programme.agreements.models import Agreement, AgreementKind, Coverage
from beffroi.programme.membership.models import Designation, TownGroup
from tests.foundations.imports.country import (
    ADHESIONS,
    EPCI,
    FRAMEWORKS,
    NOW,
    SECURITY,
    TODAY,
    Country,
    make_country,
    outcomes,
    receive,
    refusals,
)
from tests.foundations.imports.tables import write_text

SIGNED = "01004;Ambérieu;pvd-84-01-1;2021-02-20;"
UNSIGNED = "01004;Ambérieu;pvd-84-01-1;;"
FRAMEWORK = f"CC-1;27/07/2022;oui;{EPCI};01004;Ambérieu"
CONTRACT = "01004;Ambérieu;contrat de sécurité PVD;28/06/2022"


@pytest.fixture(autouse=True)
def country(db: None) -> Country:  # noqa: ARG001
    return make_country()


def test_designates_towns_and_signs_their_adhesion(tmp_path: Path, country: Country) -> None:
    second = "01053;Bourg;pvd-84-01-1;;"
    report = receive(tmp_path / "a.csv", ADHESIONS, SIGNED, second)
    assert outcomes(report) == {"created": 2}
    assert {d.group.reference for d in Designation.objects.all() if d.group} == {"pvd-84-01-1"}
    coverage = Coverage.objects.get()
    assert (coverage.town, coverage.agreement.kind) == (country.amberieu, AgreementKind.ADHESION)
    assert coverage.agreement.signed_on == date(2021, 2, 20)


def test_a_town_that_signs_later_is_updated(tmp_path: Path) -> None:
    receive(tmp_path / "a.csv", ADHESIONS, UNSIGNED)
    assert outcomes(receive(tmp_path / "a.csv", ADHESIONS, SIGNED)) == {"updated": 1}
    assert outcomes(receive(tmp_path / "a.csv", ADHESIONS, SIGNED)) == {"unchanged": 1}


def test_corrects_the_day_of_a_signature(tmp_path: Path) -> None:
    receive(tmp_path / "a.csv", ADHESIONS, SIGNED)
    later = SIGNED.replace("2021-02-20", "20/03/2021")
    assert outcomes(receive(tmp_path / "a.csv", ADHESIONS, later)) == {"updated": 1}
    assert Agreement.objects.get().signed_on == date(2021, 3, 20)


def test_never_unsigns_and_says_what_stays(tmp_path: Path) -> None:
    receive(tmp_path / "a.csv", ADHESIONS, SIGNED)
    report = receive(tmp_path / "a.csv", ADHESIONS, UNSIGNED)
    assert outcomes(report) == {"unchanged": 1}
    assert "20\u00a0février\u00a02021 reste au registre" in report.notes[0].reason
    assert Agreement.objects.exists()


def test_a_town_leaves_and_comes_back(tmp_path: Path) -> None:
    gone = f"{SIGNED}2022-05-01"
    for row, ended_on in ((SIGNED, None), (gone, date(2022, 5, 1)), (SIGNED, None)):
        receive(tmp_path / "a.csv", ADHESIONS, row)
        assert Designation.objects.get().ended_on == ended_on


def test_changes_the_group_of_a_town(tmp_path: Path) -> None:
    receive(tmp_path / "a.csv", ADHESIONS, SIGNED)
    moved = SIGNED.replace("pvd-84-01-1", "pvd-84-01-2")
    assert outcomes(receive(tmp_path / "a.csv", ADHESIONS, moved)) == {"updated": 1}
    group = Designation.objects.get().group
    assert group is not None
    assert group.reference == "pvd-84-01-2"
    assert TownGroup.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("01004;x;;2021-02-30;", (2, "date_signature", "2021-02-30")),
        ("01004;x;;2021-02-20;2021-01-01", (2, "date_sortie", "2021-01-01")),
        ("999999;Trifouilly-les-Oies;;;", (2, "insee_com", "999999")),
        (";Ambérieu;;;", (2, "insee_com", "")),
    ],
)
def test_refuses_adhesions_that_cannot_be(
    tmp_path: Path, row: str, fault: tuple[int, str, str]
) -> None:
    assert refusals(receive(tmp_path / "a.csv", ADHESIONS, row)) == [fault]


def test_two_rows_of_one_town_after_a_merger_count_once(tmp_path: Path) -> None:
    rows = ("16140;Fontclaireau;;2024-02-01;", "16206;Mansle;;2024-02-01;")
    report = receive(tmp_path / "a.csv", ADHESIONS, *rows)
    assert outcomes(report) == {"created": 1, "duplicate": 1}


def test_two_towns_that_became_one_keep_the_first_signature(tmp_path: Path) -> None:
    rows = ("16140;Fontclaireau;;2024-03-01;2025-01-01", "16206;Mansle;;2024-02-01;")
    for outcome in ("created", "unchanged"):
        report = receive(tmp_path / "a.csv", ADHESIONS, *rows)
        assert outcomes(report) == {outcome: 1, "duplicate": 1}
    assert Agreement.objects.get().signed_on == date(2024, 2, 1)
    assert Designation.objects.get().ended_on is None


def test_an_undated_code_is_read_as_when_the_programme_began(
    tmp_path: Path, country: Country
) -> None:
    receive(tmp_path / "a.csv", ADHESIONS, "16140;Fontclaireau;;;")
    assert Designation.objects.get().town == country.fontclaireau


def test_an_undated_code_follows_the_name_beside_it(tmp_path: Path, country: Country) -> None:
    receive(tmp_path / "a.csv", ADHESIONS, "16140;Mansle-les-Fontaines;;;")
    assert Designation.objects.get().town == country.mansle


def test_towns_that_became_one_are_one_over_two_files(tmp_path: Path) -> None:
    write_text(tmp_path / "a.csv", ADHESIONS, "16140;Fontclaireau;;2024-03-01;")
    write_text(tmp_path / "b.csv", ADHESIONS, "16206;Mansle;;2024-02-01;")
    report = import_files(path=tmp_path, today=TODAY, at=NOW)
    assert (report.refused, report.files["b.csv"]["duplicate"]) == ([], 1)
    assert Agreement.objects.get().signed_on == date(2024, 2, 1)


def test_refuses_two_signatures_under_one_code(tmp_path: Path) -> None:
    rows = (SIGNED, SIGNED.replace("01004", "1004").replace("2021-02-20", "2021-03-20"))
    report = receive(tmp_path / "a.csv", ADHESIONS, *rows)
    assert refusals(report) == [(3, "insee_com", "1004")]


def test_contracts_of_towns_that_became_one_are_one(tmp_path: Path) -> None:
    kind = "contrat de sécurité PVD"
    rows = (f"16206;Mansle;{kind};2024-02-01", f"16140;Fontclaireau;{kind};2024-01-01")
    report = receive(tmp_path / "s.csv", SECURITY, *rows)
    assert outcomes(report) == {"created": 1, "duplicate": 1}
    assert Agreement.objects.get().signed_on == date(2024, 1, 1)


def test_towns_that_merged_later_keep_their_own_adhesion(tmp_path: Path, country: Country) -> None:
    rows = ("16140;Fontclaireau;;2021-02-01;", "16206;Mansle;;2021-03-01;")
    assert outcomes(receive(tmp_path / "a.csv", ADHESIONS, *rows)) == {"created": 2}
    towns = set(Designation.objects.values_list("town_id", flat=True))
    assert towns == {country.fontclaireau.pk, country.mansle.pk}


@pytest.mark.parametrize(
    ("name", "is_noted"),
    [("AMBERIEU EN BUGEY", False), ("Ambérieu", False), ("", False), ("Bourg-en-Bresse", True)],
)
def test_says_when_the_name_is_another_town_than_the_code(
    tmp_path: Path, name: str, is_noted: bool
) -> None:
    report = receive(tmp_path / "a.csv", ADHESIONS, f"01004;{name};;2021-02-20;")
    assert outcomes(report) == {"created": 1}
    assert [note.column for note in report.notes] == ["lib_com"] * is_noted


def test_one_framework_covers_several_towns(tmp_path: Path) -> None:
    other = FRAMEWORK.replace("01004", "1053")
    report = receive(tmp_path / "c.csv", FRAMEWORKS, FRAMEWORK, other, FRAMEWORK)
    assert outcomes(report) == {"created": 2, "duplicate": 1}
    agreement = Agreement.objects.get()
    assert (agreement.counts_as_ort, agreement.coverages.count()) == (True, 2)
    assert agreement.intercommunality is not None
    assert agreement.intercommunality.siren == EPCI


def test_a_town_joins_a_known_framework(tmp_path: Path) -> None:
    receive(tmp_path / "c.csv", FRAMEWORKS, FRAMEWORK)
    other = FRAMEWORK.replace("01004", "01053")
    report = receive(tmp_path / "c.csv", FRAMEWORKS, FRAMEWORK, other)
    assert outcomes(report) == {"unchanged": 1, "created": 1}


def test_corrects_a_framework_for_all_its_rows(tmp_path: Path) -> None:
    rows = [FRAMEWORK, FRAMEWORK.replace("01004", "01053")]
    receive(tmp_path / "c.csv", FRAMEWORKS, *rows)
    corrected = [row.replace("oui", "NON") for row in rows]
    assert outcomes(receive(tmp_path / "c.csv", FRAMEWORKS, *corrected)) == {"updated": 2}
    assert not Agreement.objects.get().counts_as_ort


@pytest.mark.parametrize(
    ("before", "after", "column"),
    [
        ("27/07/2022", "28/07/2022", "date_signature"),
        ("oui", "non", "vaut_ort"),
    ],
)
def test_refuses_a_row_that_contradicts_its_framework(
    tmp_path: Path, before: str, after: str, column: str
) -> None:
    other = FRAMEWORK.replace("01004", "01053").replace(before, after)
    report = receive(tmp_path / "c.csv", FRAMEWORKS, FRAMEWORK, other)
    assert refusals(report) == [(3, column, after)]
    assert "la ligne 2" in report.refused[0].reason


@pytest.mark.parametrize(
    ("before", "after", "column"),
    [
        ("oui", "peut-être", "vaut_ort"),
        ("oui", "", "vaut_ort"),
        (EPCI, "200000000", "siren_epci"),
        ("CC-1", "", "numero"),
        ("27/07/2022", "", "date_signature"),
    ],
)
def test_refuses_frameworks_that_cannot_be(
    tmp_path: Path, before: str, after: str, column: str
) -> None:
    report = receive(tmp_path / "c.csv", FRAMEWORKS, FRAMEWORK.replace(before, after))
    assert refusals(report) == [(2, column, after)]


def test_keeps_the_two_kinds_of_security_contracts_apart(tmp_path: Path) -> None:
    other = CONTRACT.replace("sécurité PVD", "securite intégrée")
    report = receive(tmp_path / "s.csv", SECURITY, CONTRACT, other)
    assert outcomes(report) == {"created": 2}
    assert set(Agreement.objects.values_list("kind", flat=True)) == {
        AgreementKind.SECURITY,
        AgreementKind.INTEGRATED_SECURITY,
    }


def test_another_day_corrects_a_security_contract(tmp_path: Path) -> None:
    receive(tmp_path / "s.csv", SECURITY, CONTRACT)
    later = CONTRACT.replace("28/06", "29/06")
    assert outcomes(receive(tmp_path / "s.csv", SECURITY, later)) == {"updated": 1}
    assert Agreement.objects.get().signed_on == date(2022, 6, 29)


def test_refuses_a_security_contract_of_no_known_kind(tmp_path: Path) -> None:
    report = receive(tmp_path / "s.csv", SECURITY, CONTRACT.replace(" PVD", ""))
    assert refusals(report) == [(2, "type_contrat", "contrat de sécurité")]
    assert "contrat de sécurité intégrée" in report.refused[0].reason

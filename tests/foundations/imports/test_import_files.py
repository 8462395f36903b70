"""What an import promises, whatever the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beffroi.foundations.audit.models import AuditEntry
from beffroi.foundations.imports.actions import import_files
from beffroi.foundations.imports.models import ReceivedFile, RefusedRow
from beffroi.programme.support.models import ExpertiseMission, PlannedCommitment
from tests.foundations.imports.country import (
    ADHESIONS,
    MEETINGS,
    MISSIONS,
    NOW,
    PLANS,
    SECURITY,
    TODAY,
    Country,
    outcomes,
    receive,
    refusals,
)
from tests.foundations.imports.tables import write_excel, write_ods, write_text

GOOD = "M1;01004;Anah;ingénierie;13/07/2021;4 607,73 €"
OTHER = "M2;01053;ANCT;patrimoine;2022-01-02;100"
BAD = "M3;01004;Anah;ingénierie;32/07/2021;50"
pytestmark = pytest.mark.usefixtures("country")


def test_ends_every_row_as_something(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    receive(path, MISSIONS, GOOD, OTHER)
    changed = GOOD.replace("ingénierie", "habitat")
    report = receive(path, MISSIONS, changed, OTHER, OTHER, BAD, "M4;01004;Anah;;1/1/2022;1")
    assert outcomes(report) == {
        "created": 1,
        "updated": 1,
        "unchanged": 1,
        "duplicate": 1,
        "refused": 1,
    }


def test_changes_nothing_at_all_for_one_refused_row(tmp_path: Path) -> None:
    write_text(tmp_path / "plans.csv", PLANS, "État;100")
    write_text(tmp_path / "m.csv", MISSIONS, GOOD, BAD)
    report = import_files(path=tmp_path, today=TODAY, at=NOW)
    assert refusals(report) == [(3, "date_notification", "32/07/2021")]
    assert not report.is_written
    assert not ExpertiseMission.objects.exists()
    assert not PlannedCommitment.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_dry_run_tells_the_same_and_writes_nothing(tmp_path: Path) -> None:
    tried = receive(tmp_path / "m.csv", MISSIONS, GOOD, OTHER, is_dry_run=True)
    assert not ExpertiseMission.objects.exists()
    assert not ReceivedFile.objects.exists()
    assert tried.files == receive(tmp_path / "m.csv", MISSIONS, GOOD, OTHER).files


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    receive(tmp_path / "m.csv", MISSIONS, GOOD, OTHER)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        report = receive(tmp_path / "m.csv", MISSIONS, GOOD, OTHER)
    writes = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE"))]
    assert (outcomes(report), writes) == ({"unchanged": 2}, [])


def test_never_deletes_what_a_file_leaves_out(tmp_path: Path) -> None:
    receive(tmp_path / "m.csv", MISSIONS, GOOD, OTHER)
    receive(tmp_path / "m.csv", MISSIONS, OTHER)
    assert ExpertiseMission.objects.count() == 2


def test_leaves_one_line_of_audit_per_file_that_changed_something(tmp_path: Path) -> None:
    receive(tmp_path / "m.csv", MISSIONS, GOOD)
    receive(tmp_path / "m.csv", MISSIONS, GOOD)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.target, entry.at) == ("import_files", "m.csv", NOW)
    assert entry.changes["counts"][1]["created"] == 1


def test_partial_writes_the_good_rows_and_keeps_the_others_once(tmp_path: Path) -> None:
    for _ in range(2):
        report = receive(tmp_path / "m.csv", MISSIONS, GOOD, BAD, BAD, is_partial=True)
    assert report.is_written
    assert ExpertiseMission.objects.get().reference == "M1"
    kept = RefusedRow.objects.values_list("line", "column", "value", "received_at")
    assert list(kept) == [(line, "date_notification", "32/07/2021", NOW) for line in (3, 4)]
    assert RefusedRow.objects.first().raw[0] == ["id_mission", "M3"]  # type: ignore[union-attr]


def test_partial_opens_again_a_row_that_was_dealt_with(tmp_path: Path) -> None:
    receive(tmp_path / "m.csv", MISSIONS, BAD, is_partial=True)
    RefusedRow.objects.update(resolved_at=NOW)
    receive(tmp_path / "m.csv", MISSIONS, BAD, is_partial=True)
    assert RefusedRow.objects.get().resolved_at is None


def test_a_partial_dry_run_keeps_nothing(tmp_path: Path) -> None:
    receive(tmp_path / "m.csv", MISSIONS, GOOD, BAD, is_partial=True, is_dry_run=True)
    assert not RefusedRow.objects.exists()


def test_tells_every_fault_of_a_row(tmp_path: Path) -> None:
    report = receive(tmp_path / "m.csv", MISSIONS, ";99999;Personne;x;1/1/2022;-5")
    assert refusals(report) == [
        (2, "id_mission", ""),
        (2, "insee_com", "99999"),
        (2, "financeur", "Personne"),
        (2, "montant", "-5"),
    ]
    assert outcomes(report) == {"refused": 1}


def test_refuses_the_second_of_two_rows_that_differ(tmp_path: Path) -> None:
    report = receive(tmp_path / "m.csv", MISSIONS, GOOD, OTHER, GOOD.replace("4 607", "4 608"))
    assert refusals(report) == [(4, "id_mission", "M1")]
    assert "à la ligne 2 avec un autre contenu (montant)" in report.refused[0].reason


def test_counts_once_what_is_written_twice_in_two_ways(tmp_path: Path) -> None:
    same = "M1;1004;ANAH ;ingénierie;2021-07-13;4607.73"
    report = receive(tmp_path / "m.csv", MISSIONS, GOOD, same)
    assert outcomes(report) == {"created": 1, "duplicate": 1}
    assert [(note.line, note.column) for note in report.notes] == [
        (3, "id_mission"),
        (3, "insee_com"),
    ]


def test_counts_a_key_once_over_two_files_of_a_kind(tmp_path: Path) -> None:
    write_text(tmp_path / "a.csv", MISSIONS, GOOD)
    write_text(tmp_path / "b.csv", MISSIONS, GOOD, OTHER.replace("M2", "M1"))
    report = import_files(path=tmp_path, today=TODAY, at=NOW)
    assert report.files["b.csv"]["duplicate"] == 1
    assert "ligne 2 de a.csv" in report.refused[0].reason


def test_restores_lost_zeros_and_says_so(tmp_path: Path, country: Country) -> None:
    report = receive(tmp_path / "m.csv", MISSIONS, GOOD.replace("01004", "1004"))
    assert ExpertiseMission.objects.get().town == country.amberieu
    (note,) = report.notes
    assert (note.line, note.value, note.reason) == (2, "1004", "zéro initial rétabli : 01004")


def test_resolves_codes_at_the_day_of_the_row(tmp_path: Path, country: Country) -> None:
    before = "M1;16140;Anah;x;31/12/2022;1"
    after = "M2;16140;Anah;x;01/01/2023;1"
    report = receive(tmp_path / "m.csv", MISSIONS, before, after)
    towns = dict(ExpertiseMission.objects.values_list("reference", "town_id"))
    assert towns == {"M1": country.fontclaireau.pk, "M2": country.mansle.pk}
    assert [
        (note.line, "Mansle-les-Fontaines (16206)" in note.reason) for note in report.notes
    ] == [(3, True)]


def test_refuses_a_split_town_naming_the_candidates(tmp_path: Path) -> None:
    report = receive(tmp_path / "m.csv", MISSIONS, "M1;15141;Anah;x;02/01/2025;1")
    assert "Celles (15035) ou Chalinargues (15041)" in report.refused[0].reason


def test_keeps_rows_dated_in_the_future(tmp_path: Path) -> None:
    receive(tmp_path / "m.csv", MISSIONS, "M1;01004;Anah;x;02/01/2031;1")
    assert ExpertiseMission.objects.get().notified_on.year == 2031


@pytest.mark.parametrize(
    ("lines", "column", "reason"),
    [
        (["nom;prenom", "a;b"], "", "non compris"),
        ([MISSIONS.replace(";theme", ""), "M1;01004;Anah;1/1/2022;1"], "theme", "« theme » manque"),
        ([f"{MISSIONS};Theme", f"{GOOD};x"], "theme", "deux fois"),
        ([], "", "vide"),
    ],
)
def test_refuses_a_whole_file_by_name(
    tmp_path: Path, lines: list[str], column: str, reason: str
) -> None:
    write_text(tmp_path / "bon.csv", PLANS, "État;1")
    write_text(tmp_path / "mauvais.csv", *lines)
    report = import_files(path=tmp_path, today=TODAY, at=NOW)
    (refusal,) = report.refused
    assert (refusal.file, refusal.line, refusal.column) == ("mauvais.csv", 1, column)
    assert reason in refusal.reason
    assert report.files["mauvais.csv"]["refused"] == 1
    assert not PlannedCommitment.objects.exists()


def test_says_which_columns_it_does_not_know(tmp_path: Path) -> None:
    report = receive(tmp_path / "p.csv", f"{PLANS};commentaire", "État;1;bien")
    assert [(note.line, note.column) for note in report.notes] == [(1, "commentaire")]
    assert outcomes(report) == {"created": 1}


def test_lists_files_of_another_kind_and_refuses_one_given_alone(tmp_path: Path) -> None:
    write_text(tmp_path / "p.csv", PLANS, "État;1")
    other = write_text(tmp_path / "attendu.json", "{}")
    assert import_files(path=tmp_path, today=TODAY, at=NOW).ignored == ["attendu.json"]
    alone = import_files(path=other, today=TODAY, at=NOW)
    assert [(r.file, r.line) for r in alone.refused] == [("attendu.json", 1)]


def test_refuses_a_folder_without_tables(tmp_path: Path) -> None:
    report = import_files(path=tmp_path, today=TODAY, at=NOW)
    assert "aucun fichier" in report.refused[0].reason


def test_reads_excel_and_ods_as_it_reads_text(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        MISSIONS.split(";"),
        ["M1", 1004.0, "Anah", "ingénierie", "13/07/2021", 4607.73],
    ]
    receive(tmp_path / "m.csv", MISSIONS, GOOD)
    for path in (write_excel(tmp_path / "m.xlsx", *rows), write_ods(tmp_path / "m.ods", *rows)):
        report = import_files(path=path, today=TODAY, at=NOW)
        assert outcomes(report) == {"unchanged": 1}
        assert report.notes[0].reason == "zéro initial rétabli : 01004"


def test_takes_the_one_sheet_it_understands_and_says_the_others(tmp_path: Path) -> None:
    sheets = {"Brouillon": [["Bonjour"]]}
    path = write_excel(tmp_path / "p.xlsx", PLANS.split(";"), ["État", 1], sheets=sheets)
    report = import_files(path=path, today=TODAY, at=NOW)
    assert (outcomes(report), report.notes[0].value) == ({"created": 1}, "Brouillon")


def test_refuses_a_workbook_with_two_sheets_it_understands(tmp_path: Path) -> None:
    sheets = {"Suite": [PLANS.split(";"), ["Anah", 2]]}
    path = write_excel(tmp_path / "p.xlsx", PLANS.split(";"), ["État", 1], sheets=sheets)
    (refusal,) = import_files(path=path, today=TODAY, at=NOW).refused
    assert "plusieurs feuilles" in refusal.reason


def test_reads_columns_in_any_order(tmp_path: Path) -> None:
    header, row = (";".join(reversed(text.split(";"))) for text in (MISSIONS, GOOD))
    receive(tmp_path / "m.csv", header, row)
    assert ExpertiseMission.objects.get().reference == "M1"


def test_refuses_text_longer_than_the_register_keeps(tmp_path: Path) -> None:
    report = receive(tmp_path / "m.csv", MISSIONS, GOOD.replace("M1", "M" * 61))
    assert report.refused[0].column == "id_mission"
    assert "60 caractères" in report.refused[0].reason


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (ADHESIONS, "01004;Ambérieu;;2021-02-20"),
        (SECURITY, "01004;Ambérieu;contrat de sécurité PVD;28/06/2022;"),
        (MEETINGS, "R1;Titre;type;2022-06-22;;12;de trop"),
    ],
)
def test_refuses_rows_cut_short_or_shifted(tmp_path: Path, header: str, row: str) -> None:
    report = receive(tmp_path / "f.csv", header, row)
    is_short = row.count(";") < header.count(";")
    is_shifted = not row.endswith(";") and row.count(";") > header.count(";")
    assert bool(report.refused) is (is_short or is_shifted)

"""What an import changes, told cell by cell and traced row by row."""

from __future__ import annotations

from pathlib import Path

import pytest

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.models import AuditEntry, Creation
from beffroi.foundations.audit.queries import creation_of
from beffroi.foundations.imports.actions import import_files
from beffroi.foundations.imports.printing import report_text
from beffroi.foundations.territories.models import Intercommunality
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
    NOW,
    PLANS,
    POSTS,
    SECURITY,
    TODAY,
    receive,
)
from tests.foundations.imports.tables import write_text

pytestmark = pytest.mark.usefixtures("country")
PVD = "contrat de sécurité PVD"


@pytest.mark.parametrize(
    ("header", "before", "after", "told"),
    [
        (
            MISSIONS,
            "M1;01004;Anah;habitat;13/07/2021;4 607,73 €",
            "M1;01053;ANCT;patrimoine;2021-07-14;4700",
            [
                ("insee_com", "Ambérieu-en-Bugey (01004)", "Bourg-en-Bresse (01053)"),
                ("financeur", "Anah", "ANCT"),
                ("theme", "habitat", "patrimoine"),
                ("date_notification", "13/07/2021", "14/07/2021"),
                ("montant", "4\u202f607,73\u00a0€", "4\u202f700,00\u00a0€"),
            ],
        ),
        (PLANS, "Anah;100", "Anah;250", [("montant", "100,00\u00a0€", "250,00\u00a0€")]),
        (
            ADHESIONS,
            "01004;Ambérieu;pvd-1;;",
            "01004;Ambérieu;pvd-2;2021-02-20;31/12/2022",
            [
                ("id_pvd", "pvd-1", "pvd-2"),
                ("date_sortie", "", "31/12/2022"),
                ("date_signature", "", "20/02/2021"),
            ],
        ),
        (
            FRAMEWORKS,
            f"C1;2022-07-27;non;{EPCI};01004;Ambérieu",
            f"C1;2022-07-28;oui;{EPCI};01004;Ambérieu",
            [("date_signature", "27/07/2022", "28/07/2022"), ("vaut_ort", "non", "oui")],
        ),
        (
            POSTS,
            "P1;commune;01004;01004;2021-01-01;",
            f"P1;epci;{EPCI};01004;2021-01-01;2022-12-31",
            [
                ("type_employeur", "commune", "epci"),
                (
                    "code_employeur",
                    "Ambérieu-en-Bugey (01004)",
                    "CC de la Plaine (200069425)",
                ),
                ("date_fin", "", "31/12/2022"),
            ],
        ),
        (
            SECURITY,
            f"01004;Ambérieu;{PVD};28/06/2022",
            f"01004;Ambérieu;{PVD};29/06/2022",
            [("date_signature", "28/06/2022", "29/06/2022")],
        ),
        (
            BROWNFIELDS,
            "F1;1;2021-05-01;01004;Ambérieu;1000;200;30",
            "F1;2;2021-05-01;01004;Ambérieu;1250,5;200;30",
            [("edition", "1", "2"), ("surface_m2", "1\u202f000", "1\u202f250,5")],
        ),
        (
            MEETINGS,
            "R1;Titre;type;2022-06-22;;12",
            "R1;Titre;type;2022-06-22;Auvergne-Rhône-Alpes;13",
            [("region", "", "Auvergne-Rhône-Alpes"), ("participants", "12", "13")],
        ),
        (
            COMMITMENTS,
            "Anah;;2021-01-02;D1;Ville;210100046;objet;1000;aide;01004",
            "Anah;;2021-01-02;D1;Ville;210100046;autre objet;1000;aide;01004",
            [("objet", "objet", "autre objet")],
        ),
    ],
)
def test_tells_old_and_new_as_a_person_reads_them(
    tmp_path: Path, header: str, before: str, after: str, told: list[tuple[str, str, str]]
) -> None:
    receive(tmp_path / "f.csv", header, before)
    report = receive(tmp_path / "f.csv", header, after, is_dry_run=True)
    changes = [(change.column, change.old, change.new) for change in report.changes]
    assert sorted(changes) == sorted(told)
    assert {(change.file, change.line) for change in report.changes} == {("f.csv", 2)}


def test_the_text_report_shows_the_first_changes_and_counts_the_others(tmp_path: Path) -> None:
    rows = [f"M{n};01004;Anah;x;1/1/2022;10" for n in range(45)]
    receive(tmp_path / "m.csv", MISSIONS, *rows)
    report = receive(tmp_path / "m.csv", MISSIONS, *(f"{row}0" for row in rows), is_dry_run=True)
    text = report_text(report)
    assert "m.csv, ligne 2, montant : « 10,00 € » → « 100,00 € »" in text
    assert (text.count("Changement :"), "et 5 autres changements" in text) == (40, True)


def test_each_changed_row_has_its_line_naming_the_file(tmp_path: Path) -> None:
    who = User.objects.create_user("agent@exemple.fr")
    receive(tmp_path / "m.csv", MISSIONS, "M1;01004;Anah;x;1/1/2022;10")
    receive(tmp_path / "n.csv", MISSIONS, "M1;01004;Anah;x;1/1/2022;11", actor=who)
    entry = AuditEntry.objects.get(verb="record_missions")
    assert (entry.actor, entry.at, entry.reason) == (who, NOW, "reprise de n.csv")
    assert entry.changes == {"amount": ["10.00", "11.00"]}


def test_thousands_of_creations_are_one_line_and_each_is_traced(tmp_path: Path) -> None:
    who = User.objects.create_user("agent@exemple.fr")
    rows = [f"M{n};01004;Anah;x;1/1/2022;10" for n in range(1200)]
    receive(tmp_path / "m.csv", MISSIONS, *rows, actor=who)
    assert Creation.objects.count() == 1
    traced = creation_of(ExpertiseMission.objects.get(reference="M1199"))
    assert traced is not None
    assert (traced.actor, traced.reason) == (who, "reprise de m.csv")


def test_a_row_created_otherwise_has_no_file(tmp_path: Path) -> None:
    receive(tmp_path / "m.csv", MISSIONS, "M1;01004;Anah;x;1/1/2022;10")
    mission = ExpertiseMission.objects.get()
    mission.pk, mission.reference = None, "M2"
    mission.save()
    assert creation_of(mission) is None


def test_a_town_new_to_a_document_is_traced_too(tmp_path: Path) -> None:
    rows = [f"C1;2022-07-27;non;{EPCI};{code};" for code in ("01004", "01053")]
    receive(tmp_path / "a.csv", FRAMEWORKS, rows[0])
    report = receive(tmp_path / "b.csv", FRAMEWORKS, *rows)
    assert report.files["b.csv"] | {"created": 1, "unchanged": 1} == report.files["b.csv"]
    traced = creation_of(Coverage.objects.get(town__periods__code="01053"))
    assert traced is not None
    assert traced.reason == "reprise de b.csv"


def test_the_same_files_give_the_same_fingerprint_until_the_register_changes(
    tmp_path: Path,
) -> None:
    path = write_text(tmp_path / "m.csv", MISSIONS, "M1;01004;Anah;x;1/1/2022;10")
    assert Intercommunality.objects.exists()

    def preview() -> str:
        return import_files(path=path, today=TODAY, at=NOW, is_dry_run=True).fingerprint

    first = preview()
    assert preview() == first
    import_files(path=path, today=TODAY, at=NOW)
    assert preview() != first

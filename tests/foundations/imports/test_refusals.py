"""Each refusal names its line, column and value, and says what to do, whatever wrote the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from beffroi.foundations.imports.actions import import_files
from beffroi.foundations.imports.report import Remark
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
)
from tests.foundations.imports.tables import write_excel, write_ods, write_text

pytestmark = pytest.mark.usefixtures("country")
DATE = "date illisible, attendu : 31/12/2022 ou 2022-12-31"
CODE = "inconnu de la géographie officielle au 1er janvier 2022 : vérifiez le code, et la date"
MISSION = "M1;01004;Anah;habitat;1/1/2022;10"
FRAMEWORK = f"C1;2022-01-01;oui;{EPCI};01004;"
POST = "P1;commune;01004;01004;2022-01-01;"
BROWNFIELD = "F1;1;2022-01-01;01004;;1;1;50"
COMMITMENT = "Anah;;2022-01-01;D1;Ville;210100046;objet;10;aide;01004"
MEETING = "R1;Titre;type;2022-01-01;;12"


def as_text(path: Path, *lines: str) -> Path:
    return write_text(path / "f.csv", *lines)


def as_excel(path: Path, *lines: str) -> Path:
    return write_excel(path / "f.xlsx", *(line.split(";") for line in lines))


def as_ods(path: Path, *lines: str) -> Path:
    return write_ods(path / "f.ods", *(line.split(";") for line in lines))


@pytest.mark.parametrize("write", [as_text, as_excel, as_ods])
@pytest.mark.parametrize(
    ("header", "row", "column", "value", "reason"),
    [
        (MISSIONS, MISSION.replace("1/1/2022", "janvier"), "date_notification", "janvier", DATE),
        (
            MISSIONS,
            MISSION.replace("1/1/2022", "31/02/2022"),
            "date_notification",
            "31/02/2022",
            "ce jour n’existe pas au calendrier",
        ),
        (
            MISSIONS,
            MISSION.replace("1/1/2022", "01/01/0022"),
            "date_notification",
            "01/01/0022",
            "année invraisemblable, attendu : de 2000 à 2100",
        ),
        (
            MISSIONS,
            MISSION.replace(";10", ";dix"),
            "montant",
            "dix",
            "montant illisible, attendu : 21 667,00 €",
        ),
        (
            MISSIONS,
            MISSION.replace(";10", ";-5"),
            "montant",
            "-5",
            "montant négatif, attendu : zéro ou plus",
        ),
        (MISSIONS, MISSION.replace("01004", "99999"), "insee_com", "99999", CODE),
        (
            MISSIONS,
            "M1;15141;Anah;x;02/01/2025;1",
            "insee_com",
            "15141",
            "Celles (15035) ou Chalinargues (15041)",
        ),
        (MISSIONS, MISSION.replace("M1", ""), "id_mission", "", "cellule vide, à remplir"),
        (
            MISSIONS,
            MISSION.replace("Anah", "Fondation"),
            "financeur",
            "Fondation",
            "financeur inconnu : ajoutez-le au bureau, dans « Organisations »",
        ),
        (PLANS, "Fondation;5", "financeur", "Fondation", "financeur inconnu"),
        (
            ADHESIONS,
            "01004;Ambérieu;;2022-02-01;2021-02-01",
            "date_sortie",
            "2021-02-01",
            "la sortie précède la signature : corrigez",
        ),
        (
            POSTS,
            POST + "2021-01-01",
            "date_fin",
            "2021-01-01",
            "la fin précède le début : corrigez",
        ),
        (
            POSTS,
            POST.replace("commune;", "mairie;"),
            "type_employeur",
            "mairie",
            "valeur inconnue, attendu : commune ou epci",
        ),
        (
            FRAMEWORKS,
            FRAMEWORK.replace(EPCI, "200000001"),
            "siren_epci",
            "200000001",
            "aucune intercommunalité ne porte ce SIREN : vérifiez ses 9 chiffres",
        ),
        (
            FRAMEWORKS,
            FRAMEWORK.replace("oui", "peut-être"),
            "vaut_ort",
            "peut-être",
            "valeur inconnue, attendu : oui ou non",
        ),
        (
            BROWNFIELDS,
            BROWNFIELD.replace(";50", ";101"),
            "part_sociale_pct",
            "101",
            "nombre trop grand, 100 au plus",
        ),
        (
            BROWNFIELDS,
            BROWNFIELD.replace("F1;1", "F1;une"),
            "edition",
            "une",
            "nombre entier attendu, sans virgule ni lettre",
        ),
        (
            COMMITMENTS,
            COMMITMENT.replace("210100046", "2101"),
            "idBeneficiaire",
            "2101",
            "identifiant illisible, attendu : 9 chiffres",
        ),
        (
            MEETINGS,
            MEETING.replace(";;", ";Armorique;"),
            "region",
            "Armorique",
            "région inconnue, attendu : son nom officiel",
        ),
        (
            SECURITY,
            "01004;Ambérieu;contrat;2022-01-01",
            "type_contrat",
            "contrat",
            "valeur inconnue, attendu : contrat de sécurité PVD ou",
        ),
    ],
)
def test_says_where_and_what_to_do(
    tmp_path: Path,
    write: Callable[..., Path],
    header: str,
    row: str,
    column: str,
    value: str,
    reason: str,
) -> None:
    path = write(tmp_path, header, row)
    report = import_files(path=path, today=TODAY, at=NOW)
    (refusal,) = report.refused
    assert refusal == Remark(path.name, 2, column, value, refusal.reason)
    assert reason in refusal.reason.replace("\u00a0", " ")

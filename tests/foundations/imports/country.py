"""A small country with a dated past, and follow-up files about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from beffroi.foundations.imports.actions import import_files
from beffroi.foundations.imports.report import Report
from beffroi.foundations.territories.models import Town
from tests.foundations.imports.tables import write_text
from tests.foundations.territories.factories import (
    extend_town,
    make_intercommunality,
    make_region,
    make_succession,
    make_town,
)

TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
MERGER = date(2023, 1, 1)
SPLIT = date(2025, 1, 1)
EPCI = "200069425"

ADHESIONS = "insee_com;lib_com;id_pvd;date_signature;date_sortie"
FRAMEWORKS = "numero;date_signature;vaut_ort;siren_epci;insee_com;lib_com"
POSTS = "id_poste;type_employeur;code_employeur;insee_com;date_debut;date_fin"
MISSIONS = "id_mission;insee_com;financeur;theme;date_notification;montant"
PLANS = "financeur;montant"
COMMITMENTS = (
    "nomAttribuant;idAttribuant;dateConvention;referenceDecision;nomBeneficiaire;idBeneficiaire;"
    "objet;montant;nature;insee_com"
)
SECURITY = "insee_com;lib_com;type_contrat;date_signature"
BROWNFIELDS = (
    "id_projet;edition;date_decision;insee_com;lib_com;surface_m2;surface_logements_m2;"
    "part_sociale_pct"
)
MEETINGS = "id_evenement;titre;type;date;region;participants"


@dataclass(frozen=True)
class Country:
    """Ambérieu lives; Fontclaireau joins Mansle in 2023; Neussargues splits in 2025."""

    amberieu: Town
    bourg: Town
    fontclaireau: Town
    mansle: Town


def make_country() -> Country:
    amberieu = make_town("01004", name="Ambérieu-en-Bugey")
    bourg = make_town("01053", name="Bourg-en-Bresse")
    fontclaireau = make_town("16140", None, MERGER, name="Fontclaireau")
    mansle = make_town("16206", None, MERGER, name="Mansle")
    extend_town(mansle, "16206", MERGER, name="Mansle-les-Fontaines")
    make_succession(fontclaireau, mansle, MERGER)
    neussargues = make_town("15141", None, SPLIT, name="Neussargues en Pinatelle")
    for code, name in (("15035", "Celles"), ("15041", "Chalinargues")):
        make_succession(neussargues, make_town(code, SPLIT, name=name), SPLIT)
    make_intercommunality(EPCI, "CC de la Plaine", amberieu, bourg)
    make_region("84", "Auvergne-Rhône-Alpes", {"01": "Ain"})
    return Country(amberieu, bourg, fontclaireau, mansle)


def receive(path: Path, header: str, *rows: str, **options: Any) -> Report:
    """Write a text file and import it."""
    return import_files(path=write_text(path, header, *rows), today=TODAY, at=NOW, **options)


def outcomes(report: Report) -> dict[str, int]:
    """The counts of the one file of a report, without the zeros."""
    (counts,) = report.files.values()
    return {name: count for name, count in counts.items() if count}


def refusals(report: Report) -> list[tuple[int, str, str]]:
    """Line, column and value of each refusal."""
    return [(remark.line, remark.column, remark.value) for remark in report.refused]

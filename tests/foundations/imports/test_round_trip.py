"""What goes out comes in again, and nothing has changed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.imports.actions import import_files
from beffroi.foundations.imports.declarations import follow_up_files
from beffroi.foundations.imports.exporting import export_file, file_name
from beffroi.foundations.imports.files import Format, read_file
from beffroi.foundations.imports.outgoing import OutgoingPlaces
from beffroi.foundations.imports.report import Report
from beffroi.foundations.mandates.queries import NATIONAL, NOWHERE, Scope
from beffroi.foundations.territories.models import Department, Intercommunality
from beffroi.programme.agreements.actions import AgreementRecord, sign_agreements
from beffroi.programme.agreements.models import Agreement, AgreementKind
from beffroi.programme.membership.models import Designation
from beffroi.programme.membership.queries import followed_programme
from beffroi.programme.support.models import ExpertiseMission, RealisedCommitment
from tests.foundations.imports.country import (
    ADHESIONS,
    BROWNFIELDS,
    COMMITMENTS,
    EPCI,
    FRAMEWORKS,
    MEETINGS,
    MERGER,
    MISSIONS,
    NOW,
    PLANS,
    POSTS,
    SECURITY,
    TODAY,
    Country,
    receive,
)
from tests.foundations.imports.tables import write_text
from tests.foundations.territories.factories import extend_town, make_succession, make_town

pytestmark = pytest.mark.django_db
REGION = "Auvergne-Rhône-Alpes"
FORMATS = pytest.mark.parametrize("fmt", [*Format])
NASTY = ("=1+1", "@SOMME(A1)", "+33 4 74 00 00 00", "-12", "＝A1", "'=x", "'s", 'dit "oui"; non')


def export(folder: Path, fmt: Format, scope: Scope = NATIONAL, today: date = TODAY) -> None:
    """Every file of the register, as the command and the desk write it."""
    places = OutgoingPlaces(today=today)
    for declared in follow_up_files().values():
        with (folder / file_name(declared, fmt)).open("wb") as out:
            export_file(out, declared=declared, scope=scope, places=places, fmt=fmt)


def there_and_back(folder: Path, fmt: Format, today: date = TODAY) -> Report:
    out = folder / f"sortie-{fmt}"
    out.mkdir()
    export(out, fmt, today=today)
    return import_files(path=out, today=today, at=NOW)


def fill(folder: Path) -> None:
    """A register with every kind of row."""
    files = {
        "adhesions": (
            ADHESIONS,
            "01004;Ambérieu-en-Bugey;pvd-1;2021-02-20;",
            "01053;Bourg-en-Bresse;pvd-1;2021-03-01;2024-01-01",
            "16140;Fontclaireau;;2021-05-01;",
            "16206;Mansle;;;",
            "15141;Neussargues;;2021-06-01;",
        ),
        "cadres": (FRAMEWORKS, *(f"CC1;2022-01-01;oui;{EPCI};{c};" for c in ("01004", "01053"))),
        "postes": (
            POSTS,
            "P1;commune;16140;16140;2021-01-01;",
            f"P2;epci;{EPCI};01004;2021-01-01;",
        ),
        "missions": (MISSIONS, "M1;15141;Anah;;2024-12-31;12,50", "M2;15035;Anah;x;2025-01-02;3"),
        "plans": (PLANS, "État;1250", "Anah;12,34"),
        "engagements": (COMMITMENTS, "Anah;;2022-01-01;D1;A;W123456789;;999999999999,99;;01004"),
        "securite": (SECURITY, "16140;;contrat de sécurité PVD;2022-12-31"),
        "friches": (BROWNFIELDS, "F1;1;2022-01-01;01004;;10,5;0;99,99"),
        "rencontres": (
            MEETINGS,
            "R1;Tout;;2027-01-01;;",
            "R2;Ici;x;2022-01-01;Auvergne-Rhône-Alpes;4",
        ),
    }
    for name, (header, *rows) in files.items():
        write_text(folder / f"{name}.csv", header, *rows)
    report = import_files(path=folder, today=TODAY, at=NOW)
    assert report.refused == []


def assert_unchanged(report: Report, *, rows: int) -> None:
    assert report.refused == []
    outcomes = {
        name: sum(counts[name] for counts in report.files.values())
        for name in ("created", "updated", "unchanged", "duplicate", "refused")
    }
    assert outcomes == {
        "created": 0,
        "updated": 0,
        "unchanged": rows,
        "duplicate": 0,
        "refused": 0,
    }


@FORMATS
def test_reads_back_every_kind_of_row_unchanged(
    tmp_path: Path, country: Country, fmt: Format
) -> None:
    (tmp_path / "entree").mkdir()
    fill(tmp_path / "entree")
    assert_unchanged(there_and_back(tmp_path, fmt), rows=18)
    assert country.amberieu


@FORMATS
def test_reads_back_texts_that_look_like_something_else(
    tmp_path: Path, country: Country, fmt: Format
) -> None:
    receive(tmp_path / "c.csv", COMMITMENTS, "Anah;;2022-01-01;D0;A;;;1;;01004")
    first = RealisedCommitment.objects.get()
    for number, text in enumerate((*NASTY, "deux\nlignes", "#N/A", "0012", "1e5", "oui"), start=1):
        first.pk, first.decision_reference = None, f"D{number}"
        first.beneficiary_name = first.purpose = first.form = text
        first.save()
    assert_unchanged(there_and_back(tmp_path, fmt), rows=14)
    assert country.amberieu


@FORMATS
def test_a_several_towns_agreement_stays_one(tmp_path: Path, country: Country, fmt: Format) -> None:
    towns = (country.amberieu.pk, country.bourg.pk)
    records = [
        AgreementRecord(kind, "A-12", date(2021, 3, 1), towns)
        for kind in (AgreementKind.ADHESION, AgreementKind.SECURITY)
    ]
    programme = followed_programme()
    sign_agreements(programme=programme, records=records, by=Authorship(at=NOW))
    Designation.objects.bulk_create(
        Designation(programme=programme, town_id=town, started_on=date(2021, 1, 1))
        for town in towns
    )
    assert_unchanged(there_and_back(tmp_path, fmt), rows=4)
    assert Agreement.objects.count() == 2
    assert set(Designation.objects.values_list("started_on", flat=True)) == {date(2021, 1, 1)}


@FORMATS
def test_an_unsigned_town_that_was_merged_keeps_its_own_row(
    tmp_path: Path, country: Country, fmt: Format
) -> None:
    before = date(2022, 6, 1)
    path = write_text(tmp_path / "a.csv", ADHESIONS, "16140;Fontclaireau;;;")
    import_files(path=path, today=before, at=NOW)
    assert_unchanged(there_and_back(tmp_path, fmt), rows=1)
    assert Designation.objects.get().town == country.fontclaireau


def test_writes_the_code_that_the_town_bore_on_the_day_of_the_row(country: Country) -> None:
    places = OutgoingPlaces(today=TODAY)
    day_before = date(2022, 12, 31)
    assert places.town(country.fontclaireau.pk, on=day_before) == ("16140", "Fontclaireau")
    assert places.town(country.mansle.pk, on=day_before).name == "Mansle"
    assert places.town(country.mansle.pk, on=MERGER).name == "Mansle-les-Fontaines"


def test_writes_a_reused_code_by_its_day_else_the_nearest() -> None:
    """60054 became 60694; before that town there was another."""
    change = date(2024, 1, 1)
    town = make_town("60054", date(2017, 1, 1), change, name="Les Hauts-Talican")
    extend_town(town, "60694", change, name="Les Hauts-Talican")
    elder = make_town("60054", None, date(2017, 1, 1), name="Beaumont")
    make_succession(elder, town, date(2017, 1, 1))
    places = OutgoingPlaces(today=TODAY)
    assert places.town(town.pk, on=date(2020, 1, 1)).code == "60054"
    assert places.town(town.pk, on=TODAY).code == "60694"
    assert places.town(town.pk, on=date(2010, 1, 1)).code == "60054"


def test_leaves_what_the_files_do_not_carry(tmp_path: Path, country: Country) -> None:
    receive(tmp_path / "c.csv", COMMITMENTS, "Anah;;2022-01-01;D0;A;;;1;;01004")
    RealisedCommitment.objects.update(state="paid")
    assert_unchanged(there_and_back(tmp_path, Format.CSV), rows=1)
    assert RealisedCommitment.objects.get().state == "paid"
    assert country.amberieu


def rows_of(folder: Path, name: str) -> list[tuple[str, ...]]:
    (table,) = read_file(folder / f"{name}.csv").tables
    return [row.cells for row in table.rows]


def test_writes_only_what_a_scope_reaches(tmp_path: Path, country: Country) -> None:
    (tmp_path / "entree").mkdir()
    fill(tmp_path / "entree")
    charente = Department.objects.get(code="16")
    export(tmp_path, Format.CSV, Scope(department_ids=frozenset({charente.pk})))
    assert {row[0] for row in rows_of(tmp_path, "adhesions")} == {"16140", "16206"}
    assert [row[0] for row in rows_of(tmp_path, "chefs-de-projet")] == ["P1"]
    assert [row[0] for row in rows_of(tmp_path, "rencontres")] == ["R1"]
    for name in ("conventions-cadre", "missions", "engagements", "engagements-previsionnels"):
        assert rows_of(tmp_path, name) == []
    assert country.mansle


def test_a_partner_gets_the_rows_that_name_it_and_no_other(
    tmp_path: Path, country: Country
) -> None:
    (tmp_path / "entree").mkdir()
    fill(tmp_path / "entree")
    anah = ExpertiseMission.objects.values_list("funder_id", flat=True)[0]
    export(tmp_path, Format.CSV, Scope(organisation_ids=frozenset({anah})))
    counts = {name: len(rows_of(tmp_path, name)) for name in follow_up_files()}
    named = {"engagements-previsionnels": 1, "missions": 2, "engagements": 1}
    assert counts == dict.fromkeys(follow_up_files(), 0) | named
    assert country.mansle


def test_nobody_gets_anything_without_a_mandate(tmp_path: Path, country: Country) -> None:
    (tmp_path / "entree").mkdir()
    fill(tmp_path / "entree")
    export(tmp_path, Format.CSV, NOWHERE)
    assert [rows_of(tmp_path, name) for name in follow_up_files()] == [[]] * 9
    assert country.mansle


def test_an_agreement_seen_through_one_town_is_seen_whole(tmp_path: Path, country: Country) -> None:
    epci = Intercommunality.objects.get(siren=EPCI)
    record = AgreementRecord(
        AgreementKind.FRAMEWORK,
        "CC1",
        date(2022, 1, 1),
        (country.amberieu.pk, country.mansle.pk),
        intercommunality_id=epci.pk,
    )
    sign_agreements(programme=followed_programme(), records=[record], by=Authorship(at=NOW))
    charente = Department.objects.get(code="16")
    export(tmp_path, Format.CSV, Scope(department_ids=frozenset({charente.pk})))
    assert [row[4] for row in rows_of(tmp_path, "conventions-cadre")] == ["01004", "16206"]


def test_amounts_keep_their_cents_in_workbooks(tmp_path: Path, country: Country) -> None:
    (tmp_path / "entree").mkdir()
    fill(tmp_path / "entree")
    there_and_back(tmp_path, Format.XLSX)
    assert RealisedCommitment.objects.get().amount == Decimal("999999999999.99")
    assert country.amberieu


@FORMATS
def test_the_real_follow_up_comes_back_unchanged(tmp_path: Path, shared: Path, fmt: Format) -> None:
    if not (settings.BEFFROI_COG_PATH / "cog-2022").exists():
        pytest.skip("le paquet de la géographie officielle de 2022 n’est pas installé")
    call_command("import_cog", vintage=[2022], verbosity=0)
    today = date(2022, 10, 1)
    import_files(path=shared / "data" / "suivi-2022-09", today=today, at=NOW)
    assert_unchanged(there_and_back(tmp_path, fmt, today=today), rows=11_365)

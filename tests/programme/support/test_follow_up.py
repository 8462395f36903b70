from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from beffroi.foundations.directory.models import Organisation
from beffroi.programme.support.models import (
    ExpertiseMission,
    MoneyState,
    PlannedCommitment,
    RealisedCommitment,
)
from tests.foundations.imports.country import (
    COMMITMENTS,
    MISSIONS,
    PLANS,
    Country,
    make_country,
    outcomes,
    receive,
    refusals,
)

DECISION = "Anah;180067027;2021-05-30;D1;Costaros;214300774;réhabilitation;62034.54;aide;01004"
MISSION = "M1;01004;Anah;ingénierie;13/07/2021;4 607,73 €"


@pytest.fixture(autouse=True)
def country(db: None) -> Country:  # noqa: ARG001
    return make_country()


def decide(tmp_path: Path, **cells: str) -> tuple[list[tuple[int, str, str]], list[str]]:
    """Import the decision with other cells; its refusals and the columns of its notes."""
    values = dict(zip(COMMITMENTS.split(";"), DECISION.split(";"), strict=True)) | cells
    report = receive(tmp_path / "e.csv", COMMITMENTS, ";".join(values.values()))
    return refusals(report), [note.column for note in report.notes]


def test_records_a_decision_whole(tmp_path: Path, country: Country) -> None:
    assert decide(tmp_path) == ([], [])
    row = RealisedCommitment.objects.get()
    assert (row.funder.name, row.amount, row.town) == (
        "Anah",
        Decimal("62034.54"),
        country.amberieu,
    )
    assert (row.state, row.beneficiary_siren) == (MoneyState.COMMITTED, "214300774")
    assert (row.purpose, row.form, row.beneficiary_name) == ("réhabilitation", "aide", "Costaros")


def test_a_decision_counts_once_and_is_corrected(tmp_path: Path) -> None:
    report = receive(tmp_path / "e.csv", COMMITMENTS, DECISION, DECISION)
    assert outcomes(report) == {"created": 1, "duplicate": 1}
    corrected = DECISION.replace("62034.54", "62 034,55 €")
    assert outcomes(receive(tmp_path / "e.csv", COMMITMENTS, corrected)) == {"updated": 1}
    assert RealisedCommitment.objects.get().amount == Decimal("62034.55")


def test_an_update_leaves_the_state_of_the_money_alone(tmp_path: Path) -> None:
    decide(tmp_path)
    RealisedCommitment.objects.update(state=MoneyState.PAID)
    decide(tmp_path, montant="1")
    assert RealisedCommitment.objects.get().state == MoneyState.PAID


@pytest.mark.parametrize(
    ("name", "number", "funder"),
    [
        ("ANAH", "180 067 027 00035", "Anah"),
        ("", "180067027", "Anah"),
        ("etat", "", "État"),
        ("Agences de l’eau", "186300013", "Agences de l'eau"),
    ],
)
def test_finds_a_funder_by_number_then_by_name(
    tmp_path: Path, name: str, number: str, funder: str
) -> None:
    assert decide(tmp_path, nomAttribuant=name, idAttribuant=number) == ([], [])
    assert RealisedCommitment.objects.get().funder.name == funder


def test_says_when_only_the_number_is_known(tmp_path: Path) -> None:
    other_name = "Agence nationale de l'habitat"
    assert decide(tmp_path, nomAttribuant=other_name) == ([], ["nomAttribuant"])


@pytest.mark.parametrize(
    ("name", "number", "column"),
    [
        ("Anah", "130026032", "idAttribuant"),
        ("Anah", "999999999", "idAttribuant"),
        ("Anah", "18006702", "idAttribuant"),
        ("Fondation", "999999999", "idAttribuant"),
        ("Fondation", "", "nomAttribuant"),
        ("", "", "nomAttribuant"),
    ],
)
def test_refuses_a_funder_unknown_or_contradicted(
    tmp_path: Path, name: str, number: str, column: str
) -> None:
    faults, _ = decide(tmp_path, nomAttribuant=name, idAttribuant=number)
    assert [fault[1] for fault in faults] == [column]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("dateConvention", "hier"),
        ("referenceDecision", ""),
        ("nomBeneficiaire", ""),
        ("idBeneficiaire", "2143"),
        ("montant", "-12"),
        ("montant", ""),
        ("insee_com", "00000"),
    ],
)
def test_refuses_decisions_that_cannot_be(tmp_path: Path, column: str, value: str) -> None:
    assert decide(tmp_path, **{column: value})[0] == [(2, column, value)]


@pytest.mark.parametrize("number", ["", "W751234567", "21430077400012"])
def test_takes_beneficiaries_of_every_kind(tmp_path: Path, number: str) -> None:
    assert decide(tmp_path, idBeneficiaire=number)[0] == []


def test_records_a_mission_whole(tmp_path: Path, country: Country) -> None:
    assert outcomes(receive(tmp_path / "m.csv", MISSIONS, MISSION)) == {"created": 1}
    row = ExpertiseMission.objects.get()
    assert (row.reference, row.theme, row.town) == ("M1", "ingénierie", country.amberieu)
    assert (row.funder.name, row.amount) == ("Anah", Decimal("4607.73"))


def test_an_unknown_funder_is_to_be_added_on_the_desk(tmp_path: Path) -> None:
    report = receive(tmp_path / "m.csv", MISSIONS, MISSION.replace("Anah", "Fondation"))
    assert "ajoutez-le au bureau" in report.refused[0].reason
    Organisation.objects.create(name="Fondation", is_funder=True)
    report = receive(tmp_path / "m.csv", MISSIONS, MISSION.replace("Anah", "FONDATION"))
    assert outcomes(report) == {"created": 1}


def test_an_organisation_that_funds_nothing_is_no_funder(tmp_path: Path) -> None:
    Organisation.objects.create(name="Club")
    report = receive(tmp_path / "m.csv", MISSIONS, MISSION.replace("Anah", "Club"))
    assert refusals(report) == [(2, "financeur", "Club")]


def test_keeps_one_plan_per_funder(tmp_path: Path) -> None:
    plans = ("État;1\u202f250\u202f000\u202f000,00\u00a0€", "Anah;800 000 000")
    assert outcomes(receive(tmp_path / "p.csv", PLANS, *plans)) == {"created": 2}
    assert outcomes(receive(tmp_path / "p.csv", PLANS, "ETAT;1")) == {"updated": 1}
    assert sum(PlannedCommitment.objects.values_list("amount", flat=True)) == 800_000_001


def test_refuses_two_plans_of_one_funder(tmp_path: Path) -> None:
    report = receive(tmp_path / "p.csv", PLANS, "État;1", "ETAT;2")
    assert refusals(report) == [(3, "financeur", "ETAT")]

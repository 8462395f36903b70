"""Movements give changes their real day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from beffroi.foundations.territories.actions import CogReport, import_cog
from beffroi.foundations.territories.models import (
    DepartmentPeriod,
    IntercommunalityMembership,
    Movement,
    Population,
    Succession,
    Town,
    TownPeriod,
)
from beffroi.foundations.territories.movements_file import UnreadableMovements
from beffroi.foundations.territories.queries import (
    UnknownCode,
    ambiguity,
    living_towns,
    load_resolver,
    parted_towns,
    town_labels,
)

from .movements import HEADER, movement, write_movements
from .packages import commune, delegated, write_package

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
FIRST, LATER = date(2022, 6, 1), date(2026, 6, 1)
SPLIT, MERGER = date(2024, 7, 1), date(2023, 3, 4)
MOVEMENTS = (
    # Celles was taken into Neussargues in 2016, then left it in 2024 with Moissac.
    movement(32, "2016-12-01", "14031 Celles", "14141 Neussargues-en-Pinatelle"),
    movement(32, "2016-12-01", "14031 Celles", "14031 Celles", "COM COMD"),
    movement(32, "2016-12-01", "14141 Neussargues", "14141 Neussargues-en-Pinatelle"),
    movement(21, "2024-07-01", "14141 Neussargues-en-Pinatelle", "14141 Neussargues"),
    movement(21, "2024-07-01", "14141 Neussargues-en-Pinatelle", "14031 Celles"),
    # Ciel joined Verdun; Orée took another code; Hocmont was shared out.
    movement(32, "2023-03-04", "14131 Ciel", "14566 Verdun-Ciel"),
    movement(32, "2023-03-04", "14566 Verdun", "14566 Verdun-Ciel"),
    movement(50, "2023-05-01", "14069 Orée", "14126 Orée"),
    movement(30, "1968-03-02", "14227 Hocmont", "14566 Verdun"),
    movement(30, "1968-03-02", "14227 Hocmont", "14131 Ciel"),
    movement(30, "1968-03-02", "14566 Verdun", "14566 Verdun"),
    movement(30, "1968-03-02", "14131 Ciel", "14131 Ciel"),
    movement(10, "1950-01-01", "04001 Vieille", "04001 Ancienne"),
)


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """The same country at both ends: 2022 and 2026."""
    write_package(
        tmp_path,
        2022,
        [
            commune("04001", "Ancienne"),
            commune("14131", "Ciel"),
            commune("14566", "Verdun"),
            commune("14141", "Neussargues en Pinatelle", "14031"),
            commune("14069", "Orée", siren="200056158"),
            delegated("14031", "14141"),
        ],
        {"200000001": ["04001", "14131"], "200000002": ["14566", "14141"]},
    )
    write_package(
        tmp_path,
        2026,
        [
            commune("04001", "Ancienne"),
            commune("14566", "Verdun-Ciel", "14131", siren="200099999", population=2_000),
            commune("14141", "Neussargues"),
            commune("14031", "Celles"),
            commune("14126", "Orée", "14069", siren="200056158"),
        ],
        {"200000001": ["04001", "14566"], "200000002": ["14141", "14031"]},
    )
    return tmp_path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_movements(tmp_path / "mouvements.csv", *MOVEMENTS)


def load(folder: Path, *years: int, movements: Path | None = None) -> CogReport:
    return import_cog(folder=folder, years=years or None, movements=movements, imported_at=NOW)


def towns(code: str, on: date) -> tuple[int, ...]:
    return load_resolver().resolve(code, on=on).town_ids


def periods(code: str, on: date) -> list[tuple[str, str, date | None, date | None]]:
    (town,) = towns(code, on)
    rows = TownPeriod.objects.filter(town=town).order_by("valid_from")
    found = list(rows.values_list("code", "name", "valid_from", "valid_to"))
    return sorted(found, key=lambda row: row[2] or date.min)


def test_a_merger_takes_its_real_day(packages: Path, file: Path) -> None:
    load(packages, movements=file)
    (ciel,), (verdun,) = towns("14131", FIRST), towns("14566", LATER)
    assert towns("14131", date(2023, 3, 3)) == (ciel,)
    assert towns("14131", MERGER) == (verdun,)
    assert Succession.objects.get(predecessor=ciel).happened_on == MERGER
    assert periods("14566", LATER) == [
        ("14566", "Verdun", None, MERGER),
        ("14566", "Verdun-Ciel", MERGER, None),
    ]


def test_a_code_change_takes_its_real_day_and_keeps_the_town(packages: Path, file: Path) -> None:
    load(packages, movements=file)
    assert periods("14126", LATER) == [
        ("14069", "Orée", None, date(2023, 5, 1)),
        ("14126", "Orée", date(2023, 5, 1), None),
    ]
    assert towns("14126", FIRST) == towns("14069", LATER) == towns("14126", LATER)


def test_a_re_established_town_is_the_one_it_was(packages: Path, file: Path) -> None:
    load(packages, movements=file)
    (celles,), (whole,) = towns("14031", LATER), towns("14141", FIRST)
    assert towns("14031", date(2000, 1, 1)) == (celles,)
    assert towns("14031", FIRST) == (whole,) == towns("14141", LATER)
    assert periods("14031", LATER) == [
        ("14031", "Celles", None, date(2016, 12, 1)),
        ("14031", "Celles", SPLIT, None),
    ]


def test_a_town_that_keeps_its_code_keeps_its_rows_and_tells_its_parts(
    packages: Path, file: Path
) -> None:
    load(packages, movements=file)
    (whole,), (celles,) = towns("14141", FIRST), towns("14031", LATER)
    assert living_towns(on=LATER)[whole] == whole
    assert parted_towns([whole], since=FIRST, on=LATER) == {whole: (celles,)}
    assert parted_towns([whole], since=FIRST, on=date(2023, 1, 1)) == {}
    assert parted_towns(towns("14131", FIRST), since=FIRST, on=LATER) == {}


def test_a_shared_out_town_is_ambiguous_and_names_its_heirs(packages: Path, file: Path) -> None:
    load(packages, movements=file)
    found = load_resolver().resolve("14227", on=FIRST)
    assert found.is_ambiguous
    said = ambiguity(found, on=FIRST)
    assert "le code 14227 est ambigu" in said
    assert said.endswith("Ciel (14131) ou Verdun (14566)")
    assert not load_resolver().resolve("14227", on=LATER).is_ambiguous


def test_names_reach_back_before_the_first_edition(packages: Path, file: Path) -> None:
    load(packages, movements=file)
    (town,) = towns("04001", LATER)
    assert town_labels([town], on=date(1945, 1, 1))[town].name == "Vieille"
    assert town_labels([town], on=date(1950, 1, 1))[town].name == "Ancienne"


def test_the_editions_spelling_is_no_rename(packages: Path, file: Path) -> None:
    report = load(packages, movements=file)
    assert report.disagreements == ()
    (whole,) = towns("14141", FIRST)
    assert town_labels([whole], on=FIRST)[whole].name == "Neussargues en Pinatelle"


def test_memberships_and_populations_end_and_begin_with_the_town(
    packages: Path, file: Path
) -> None:
    load(packages, movements=file)
    (ciel,), (celles,) = towns("14131", FIRST), towns("14031", LATER)
    dates = ("valid_from", "valid_to")
    for model in (IntercommunalityMembership, Population):
        rows = model.objects.all()
        assert list(rows.filter(town=ciel).values_list(*dates)) == [(None, MERGER)]
        assert list(rows.filter(town=celles).values_list(*dates)) == [(SPLIT, None)]


def test_later_movements_redate_rows_and_keep_every_town(packages: Path, file: Path) -> None:
    load(packages)
    before = {code: towns(code, LATER) for code in ("04001", "14566", "14141", "14031", "14126")}
    (ciel,) = towns("14131", FIRST)
    known = set(Town.objects.values_list("pk", flat=True))
    load(packages, movements=file)
    assert {code: towns(code, LATER) for code in before} == before
    assert towns("14131", FIRST) == (ciel,)
    assert known < set(Town.objects.values_list("pk", flat=True))


def test_a_second_run_changes_nothing_with_or_without_the_file(packages: Path, file: Path) -> None:
    load(packages, movements=file)
    assert not load(packages, movements=file).has_changed
    assert not load(packages).has_changed
    assert Movement.objects.count() == len(MOVEMENTS)


def test_one_edition_and_the_movements_tell_what_followed(packages: Path, file: Path) -> None:
    load(packages, 2022, movements=file)
    assert towns("14131", LATER) == towns("14566", LATER)
    assert towns("14031", LATER) != towns("14141", LATER)
    keys = {code: towns(code, LATER) for code in ("14566", "14031", "14141", "14126")}
    load(packages, 2026)
    assert {code: towns(code, LATER) for code in keys} == keys


def test_a_corrected_day_redates_the_rows(packages: Path, file: Path, tmp_path: Path) -> None:
    load(packages, movements=file)
    (hocmont,) = towns("14227", date(1950, 1, 1))
    lines = [line.replace("1968-03-02", "1968-04-02") for line in MOVEMENTS]
    report = load(packages, movements=write_movements(tmp_path / "n.csv", *lines))
    assert towns("14227", date(1968, 3, 20)) == (hocmont,)
    assert report.tallies["communes"].redated == 1
    assert {row.status for row in report.differences} == {"redated"}


def test_a_change_of_departement_is_dated(tmp_path: Path) -> None:
    write_package(tmp_path, 2022, [commune("04002", "Ailleurs", siren="1")])
    line = movement(41, "1976-01-01", "14002 Ailleurs", "04002 Ailleurs")
    load(tmp_path, movements=write_movements(tmp_path / "m.csv", line))
    (town,) = towns("04002", LATER)
    assert town_labels([town], on=date(1970, 1, 1))[town].department_code == "14"
    assert town_labels([town], on=LATER)[town].department_code == "04"
    assert towns("14002", LATER) == (town,)


def test_the_former_departements_are_named_once_movements_are_there(tmp_path: Path) -> None:
    write_package(
        tmp_path,
        2022,
        [commune("2A004", "Ajaccio")],
        regions=[{"code": "94", "nom": "Corse"}],
        departements=[{"code": "2A", "region": "94", "nom": "Corse-du-Sud"}],
    )
    line = movement(41, "1976-01-01", "20004 Ajaccio", "2A004 Ajaccio")
    load(tmp_path, movements=write_movements(tmp_path / "m.csv", line))
    rows = DepartmentPeriod.objects.values_list(
        "department__code", "name", "valid_from", "valid_to"
    )
    assert set(rows) == {
        ("20", "Corse", None, date(1976, 1, 1)),
        ("2A", "Corse-du-Sud", date(1976, 1, 1), None),
    }


def test_a_code_borne_for_no_day_still_reaches_its_heir(tmp_path: Path) -> None:
    write_package(tmp_path, 2022, [commune("14180", "Vallons")])
    lines = [
        movement(32, "2018-01-01", "14180 Mars", "14180 Vallons"),
        movement(32, "2018-01-01", "14225 Freigné", "14180 Vallons"),
        movement(41, "2018-01-01", "04144 Freigné", "14225 Freigné"),
    ]
    report = load(tmp_path, movements=write_movements(tmp_path / "m.csv", *lines))
    assert report.disagreements == ()
    assert towns("14225", LATER) == towns("04144", LATER) == towns("14180", LATER)
    assert towns("14225", date(2010, 1, 1)) == towns("04144", date(2010, 1, 1))


def test_a_created_and_a_suppressed_commune_have_their_days(tmp_path: Path) -> None:
    write_package(tmp_path, 2022, [commune("14601", "Neuve")])
    lines = [
        movement(20, "2011-03-31", "", "14601 Neuve"),
        movement(30, "2007-02-23", "14123 Partie", ""),
    ]
    load(tmp_path, movements=write_movements(tmp_path / "m.csv", *lines))
    assert periods("14601", LATER) == [("14601", "Neuve", date(2011, 3, 31), None)]
    assert len(towns("14123", date(2000, 1, 1))) == 1
    with pytest.raises(UnknownCode):
        towns("14123", LATER)


def test_the_edition_wins_and_the_disagreement_is_said(packages: Path, tmp_path: Path) -> None:
    lines = [
        movement(10, "2023-05-01", "04001 Ancienne", "04001 Moderne"),
        movement(32, "2023-06-01", "14999 Inconnue", "14566 Verdun"),
    ]
    report = load(packages, movements=write_movements(tmp_path / "m.csv", *lines))
    said = " / ".join(row.sentence for row in report.disagreements)
    assert "au millésime 2026, Moderne (04001) s’appelle Ancienne" in said
    assert "une commune Inconnue (14999) qui n’existe pas" in said
    assert "Ciel (14131) n’est plus au millésime 2026" in said
    (town,) = towns("04001", LATER)
    assert town_labels([town], on=LATER)[town].name == "Ancienne"
    assert town_labels([town], on=date(2024, 1, 1))[town].name == "Moderne"


def test_refuses_what_is_not_the_official_file(packages: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    for text, reason in (
        ("a;b\n1;2\n", "colonnes absentes\u00a0: DATE_EFF"),
        (f"{HEADER}\n32,01/01/2023,COM,1,,,,,COM,2,,,,\n", "ligne 2"),
        (f"{HEADER}\n32,2023-01-01,COM,,,,,,COM,,,,,\n", "aucun code"),
    ):
        wrong.write_text(text, encoding="utf-8")
        with pytest.raises(UnreadableMovements, match=reason):
            load(packages, movements=wrong)
    with pytest.raises(UnreadableMovements, match="absent"):
        load(packages, movements=tmp_path / "absent.csv")
    assert not Town.objects.exists()


def test_municipal_arrondissements_are_their_town(tmp_path: Path) -> None:
    part = {"code": "14101", "nom": "Grand 1er", "type": "arrondissement-municipal"}
    write_package(tmp_path, 2022, [commune("14056", "Grand"), part | {"commune": "14056"}])
    load(tmp_path)
    assert towns("14101", LATER) == towns("14056", LATER)

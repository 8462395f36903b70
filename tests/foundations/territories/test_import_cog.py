from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from beffroi.foundations.audit.models import AuditEntry
from beffroi.foundations.territories import models
from beffroi.foundations.territories.actions import CogReport, import_cog
from beffroi.foundations.territories.cog_packages import (
    PackagesMissing,
    UnknownVintage,
    UnreadablePackage,
)
from beffroi.foundations.territories.models import (
    FormerCode,
    IntercommunalityMembership,
    Population,
    Succession,
    Town,
    TownPeriod,
    Vintage,
)
from beffroi.foundations.territories.queries import load_resolver

from .packages import commune, delegated, write_package

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
DAY_2022, DAY_2024, DAY_2026 = date(2022, 1, 1), date(2024, 1, 1), date(2026, 1, 1)
FIRST, LATER = date(2022, 6, 1), date(2026, 6, 1)


def load(folder: Path, *years: int) -> CogReport:
    return import_cog(folder=folder, years=years or None, imported_at=NOW)


def towns(code: str, on: date) -> tuple[int, ...]:
    return load_resolver().resolve(code, on=on).town_ids


def contents() -> dict[str, set[tuple[Any, ...]]]:
    """Every dated fact, told without primary keys."""
    period = ("valid_from", "valid_to")
    own = "town__periods__code"
    columns: dict[str, tuple[str, ...]] = {
        "RegionPeriod": ("region__code", "name", *period),
        "DepartmentPeriod": ("department__code", "region__code", "name", *period),
        "TownPeriod": ("code", "name", "department__code", *period, own),
        "IntercommunalityPeriod": ("intercommunality__siren", "name", "kind", *period),
        "IntercommunalityMembership": ("intercommunality__siren", own, *period),
        "Population": ("inhabitants", own, *period),
        "Succession": ("predecessor__periods__code", "successor__periods__code", "happened_on"),
        "FormerCode": ("code", own),
        "Vintage": ("year",),
    }
    return {
        name: set(getattr(models, name)._default_manager.values_list(*names))
        for name, names in columns.items()
    }


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """Three editions: a merger, a split, a code change, a rename, an EPCI that ends."""
    part = delegated("14031", "14141")
    write_package(
        tmp_path,
        2022,
        [
            commune("04001", "Ancienne"),
            commune("14131", "Ciel"),
            commune("14566", "Verdun"),
            commune("14141", "Neussargues", "14031"),
            commune("14069", "Orée", "14040", siren="200056158"),
            part,
        ],
        {"200000001": ["04001", "14131"], "200000002": ["14566"]},
    )
    write_package(
        tmp_path,
        2024,
        [
            commune("04001", "Nouvelle", population=1_100),
            commune("14566", "Verdun-Ciel", "14131", siren="200099999", population=2_000),
            commune("14141", "Neussargues", "14031"),
            commune("14126", "Orée", "14040", "14069", siren="200056158"),
            part,
        ],
        {"200000001": ["04001", "14566"]},
    )
    write_package(
        tmp_path,
        2026,
        [
            commune("04001", "Nouvelle", population=1_200),
            commune("14566", "Verdun-Ciel", "14131", siren="200099999", population=2_000),
            commune("14141", "Neussargues-Moissac"),
            commune("14031", "Celles"),
            commune("14126", "Orée", "14040", "14069", siren="200056158"),
        ],
        {"200000001": ["04001", "14566"]},
    )
    return tmp_path


def test_one_edition_stands_for_every_date(packages: Path) -> None:
    load(packages, 2022)
    assert set(TownPeriod.objects.values_list("valid_from", "valid_to")) == {(None, None)}
    assert towns("04001", date(1950, 1, 1)) == towns("04001", date(2050, 1, 1))
    assert list(Vintage.objects.values_list("year", "imported_at")) == [(2022, NOW)]


def test_a_change_takes_effect_on_january_1st_of_the_later_edition(packages: Path) -> None:
    load(packages, 2022, 2024)
    periods = TownPeriod.objects.filter(code="04001").order_by("valid_to")
    assert set(periods.values_list("name", "valid_from", "valid_to")) == {
        ("Ancienne", None, DAY_2024),
        ("Nouvelle", DAY_2024, None),
    }
    assert periods.values("town").distinct().count() == 1


def test_a_merged_town_ends_and_its_code_reaches_the_heir(packages: Path) -> None:
    load(packages)
    (merged,), (heir,) = towns("14131", FIRST), towns("14566", LATER)
    assert towns("14131", LATER) == (heir,) == towns("14566", FIRST)
    link = Succession.objects.get(predecessor=merged)
    assert (link.successor_id, link.happened_on) == (heir, DAY_2024)


def test_a_code_change_keeps_the_town(packages: Path) -> None:
    load(packages)
    assert towns("14069", FIRST) == towns("14126", LATER) == towns("14126", FIRST)
    assert towns("14069", LATER) == towns("14126", LATER)
    assert not Succession.objects.filter(successor__in=towns("14126", LATER)).exists()


def test_a_restored_town_was_part_of_the_one_it_left(packages: Path) -> None:
    load(packages)
    assert towns("14031", FIRST) == towns("14141", FIRST)
    assert towns("14031", LATER) != towns("14141", LATER)
    assert towns("14141", LATER) == towns("14141", FIRST)


def test_a_code_given_back_to_a_former_member_names_two_towns_in_turn(tmp_path: Path) -> None:
    before = [commune("14054", "Talican", siren="200083483"), delegated("14054", "14054")]
    after = [commune("14694", "Talican", siren="200083483"), commune("14054", "Beaumont")]
    write_package(tmp_path, 2022, before)
    write_package(tmp_path, 2024, after)
    load(tmp_path)
    assert towns("14054", FIRST) == towns("14694", LATER) == towns("14694", FIRST)
    (reborn,) = towns("14054", LATER)
    assert (reborn,) != towns("14054", FIRST)
    assert Succession.objects.get().successor_id == reborn


def test_absorbed_codes_become_former_codes(packages: Path) -> None:
    load(packages)
    assert towns("14040", FIRST) == towns("14126", LATER)
    assert set(FormerCode.objects.values_list("code", flat=True)) == {"14031", "14131", "14040"}


def test_memberships_and_populations_follow_the_editions(packages: Path) -> None:
    load(packages)
    (verdun,) = towns("14566", LATER)
    groups = IntercommunalityMembership.objects.filter(town=verdun)
    assert set(groups.values_list("intercommunality__siren", "valid_from", "valid_to")) == {
        ("200000002", None, DAY_2024),
        ("200000001", DAY_2024, None),
    }
    people = Population.objects.filter(town=towns("04001", LATER)[0]).order_by("inhabitants")
    assert list(people.values_list("inhabitants", "valid_from")) == [
        (1_000, None),
        (1_100, DAY_2024),
        (1_200, DAY_2026),
    ]


def test_a_town_without_population_has_none(tmp_path: Path) -> None:
    write_package(tmp_path, 2022, [commune("14001", "Vide", population=None)])
    load(tmp_path)
    assert (TownPeriod.objects.count(), Population.objects.count()) == (1, 0)


@pytest.mark.parametrize("order", list(itertools.permutations((2022, 2024, 2026))))
def test_the_order_of_imports_does_not_matter(packages: Path, order: tuple[int, ...]) -> None:
    load(packages)
    together = contents()
    for model in (Vintage, Succession, FormerCode, TownPeriod, Town, models.RegionPeriod):
        model._default_manager.all().delete()
    models.IntercommunalityPeriod.objects.all().delete()
    models.DepartmentPeriod.objects.all().delete()
    for year in order:
        load(packages, year)
    assert contents() == together


def test_later_imports_never_change_the_key_of_a_town(packages: Path) -> None:
    load(packages, 2026)
    known = {code: towns(code, LATER) for code in ("04001", "14566", "14031", "14126", "14141")}
    load(packages, 2022)
    load(packages, 2024)
    assert {code: towns(code, LATER) for code in known} == known


def test_a_second_run_changes_nothing(packages: Path) -> None:
    load(packages)
    before = {name: list(getattr(models, name)._default_manager.values()) for name in contents()}
    report = load(packages)
    after = {name: list(getattr(models, name)._default_manager.values()) for name in contents()}
    assert after == before
    assert not report.has_changed
    assert not any(tally.has_changed for tally in report.tallies.values())
    assert AuditEntry.objects.filter(verb="import_cog").count() == 3


def test_a_corrected_package_corrects_the_rows(packages: Path) -> None:
    load(packages, 2022)
    rows = [commune("04001", "Ancienne", population=7)]
    write_package(packages, 2022, rows)
    report = load(packages, 2022)
    assert report.tallies["populations"].created == 1
    assert report.tallies["communes"].removed == 4
    assert list(Population.objects.values_list("inhabitants", flat=True)) == [7]
    assert Town.objects.count() == 5


def test_two_towns_found_to_be_one_keep_both_keys(tmp_path: Path) -> None:
    first = [commune("14001", "Orée", siren="1")]
    middle = [commune("14002", "Orée", "14001", siren="1")]
    last = [commune("14002", "Orée-le-Bourg", "14001", siren="2")]
    for year, rows in ((2022, first), (2024, middle), (2026, last)):
        write_package(tmp_path, year, rows)
    load(tmp_path, 2022, 2026)
    (old,), (new,) = towns("14001", FIRST), towns("14002", LATER)
    assert old != new
    load(tmp_path, 2024)
    assert towns("14002", LATER) == towns("14001", FIRST) == (old,)
    assert list(Succession.objects.values_list("predecessor", "successor")) == [(new, old)]
    assert load_resolver().lineage.carrier(new, LATER) == old
    assert not load(tmp_path).has_changed


def test_refuses_a_year_that_is_not_installed(packages: Path) -> None:
    with pytest.raises(UnknownVintage, match="2022, 2024, 2026"):
        load(packages, 2019)
    assert not Vintage.objects.exists()


def test_refuses_an_empty_folder_and_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(PackagesMissing, match="make setup"):
        load(tmp_path)
    with pytest.raises(PackagesMissing, match="make setup"):
        load(tmp_path / "absent")


@pytest.mark.parametrize("text", ["{", "[]", '{"code": "1"}', '[{"nom": "sans code"}]'])
def test_refuses_an_unreadable_file_and_writes_nothing(packages: Path, text: str) -> None:
    (packages / "cog-2024" / "data" / "communes.json").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadablePackage, match="cog-2024"):
        load(packages)
    assert not Town.objects.exists()


def test_refuses_a_package_that_lacks_a_file(packages: Path) -> None:
    (packages / "cog-2024" / "data" / "epci.json").unlink()
    with pytest.raises(UnreadablePackage, match=r"epci\.json"):
        load(packages)

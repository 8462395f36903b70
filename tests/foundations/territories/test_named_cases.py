"""The cases that any register must get right, on a made-up country and on the real one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings

from beffroi.foundations.territories.actions import import_cog
from beffroi.foundations.territories.models import IntercommunalityMembership, TownPeriod
from beffroi.foundations.territories.queries import (
    UnknownCode,
    UnknownTerritory,
    find_territory,
    living_towns,
    load_resolver,
    parted_towns,
    town_history,
    town_ids_in,
    town_labels,
)

from .movements import movement, write_movements
from .packages import commune, delegated, write_package

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, tzinfo=UTC)
THEN, TODAY = date(2022, 9, 23), date(2026, 6, 1)
OLD, NEW = "200067221", {"200096675", "200096683"}
CASES = [  # the code asked, the day, the code and the name of the town meant
    ("15141", "2022-09-23", "15141", "Neussargues en Pinatelle"),
    ("15031", "2016-11-30", "15031", "Celles"),
    ("15031", "2016-12-01", "15141", "Neussargues en Pinatelle"),
    ("15031", "2024-12-31", "15141", "Neussargues en Pinatelle"),
    ("15031", "2025-01-01", "15031", "Celles"),
    ("15141", "2025-01-01", "15141", "Neussargues-Moissac"),
    ("16140", "2022-12-31", "16140", "Fontclaireau"),
    ("16140", "2023-01-01", "16206", "Mansle-les-Fontaines"),
    ("16206", "2022-12-31", "16206", "Mansle"),
    ("71131", "2024-12-31", "71131", "Ciel"),
    ("71131", "2025-01-01", "71566", "Verdun-Ciel"),
    ("60054", "2018-12-31", "60054", "Beaumont-les-Nonains"),
    ("60054", "2023-12-31", "60054", "Les Hauts-Talican"),
    ("60694", "2018-12-31", "60694", "Villotran"),
    ("60694", "2023-12-31", "60054", "Les Hauts-Talican"),
    ("60694", "2024-01-01", "60694", "Les Hauts-Talican"),
    ("60054", "2024-01-01", "60054", "Beaumont-les-Nonains"),
    ("49069", "2024-12-31", "49069", "Orée d'Anjou"),
    ("49069", "2025-01-01", "49126", "Orée d'Anjou"),
    ("49126", "2022-09-23", "49069", "Orée d'Anjou"),
    ("49126", "2015-12-14", "49126", "Drain"),
    ("12076", "2024-03-03", "12076", "Conques-en-Rouergue"),
    ("12076", "2024-03-04", "12218", "Conques-en-Rouergue"),
    ("12218", "2022-09-23", "12076", "Conques-en-Rouergue"),
    ("71263", "2025-12-31", "71263", "Louhans"),
    ("71263", "2026-01-01", "71263", "Louhans-Châteaurenaud"),
    ("75101", "2022-09-23", "75056", "Paris"),
    ("75120", "2026-06-01", "75056", "Paris"),
    ("69389", "2022-09-23", "69123", "Lyon"),
    ("13216", "2022-09-23", "13055", "Marseille"),
]
SHARED_OUT = {"08227", "51606", "45117", "60606", "51385", "77362"}  # among several neighbours


def arrondissement(code: str, town: str) -> dict[str, str]:
    kind = "arrondissement-municipal"
    return {"code": code, "nom": f"Arrondissement {code}", "type": kind, "commune": town}


def lasting() -> list[dict[str, object]]:
    whole = [("75056", "Paris"), ("69123", "Lyon"), ("13055", "Marseille")]
    parts = [("75101", "75056"), ("75120", "75056"), ("69389", "69123"), ("13216", "13055")]
    return [commune(*row) for row in whole] + [dict(arrondissement(*row)) for row in parts]


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    write_package(
        tmp_path,
        2021,
        [
            commune("15141", "Neussargues en Pinatelle", "15031", "15035"),
            commune("16140", "Fontclaireau"),
            commune("16206", "Mansle"),
            commune("71131", "Ciel"),
            commune("71566", "Verdun-sur-le-Doubs"),
            commune("60054", "Les Hauts-Talican", "60694", siren="200083483"),
            commune("49069", "Orée d'Anjou", "49126", siren="200056158"),
            commune("12076", "Conques-en-Rouergue", "12218", siren="200055580"),
            commune("71263", "Louhans"),
            *lasting(),
        ],
        {OLD: ["16140", "16206"]},
    )
    write_package(
        tmp_path,
        2026,
        [
            commune("15141", "Neussargues-Moissac"),
            commune("15031", "Celles"),
            commune("15035", "Chalinargues"),
            commune("16206", "Mansle-les-Fontaines", "16140"),
            delegated("16140", "16206"),
            commune("71566", "Verdun-Ciel", "71131"),
            commune("60054", "Beaumont-les-Nonains"),
            commune("60694", "Les Hauts-Talican", siren="200083483"),
            commune("49126", "Orée d'Anjou", "49069", siren="200056158"),
            commune("12218", "Conques-en-Rouergue", "12076", siren="200055580"),
            commune("71263", "Louhans-Châteaurenaud"),
            *lasting(),
        ],
        {"200096675": ["16206"], "200096683": ["71566"]},
    )
    return tmp_path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    pinatelle, talican = "15141 Neussargues en Pinatelle", "60054 Les Hauts-Talican"
    return write_movements(
        tmp_path / "m.csv",
        movement(32, "2016-12-01", "15031 Celles", pinatelle),
        movement(32, "2016-12-01", "15035 Chalinargues", pinatelle),
        movement(32, "2016-12-01", "15141 Neussargues-Moissac", pinatelle),
        movement(21, "2025-01-01", pinatelle, "15141 Neussargues-Moissac"),
        movement(21, "2025-01-01", pinatelle, "15031 Celles"),
        movement(21, "2025-01-01", pinatelle, "15035 Chalinargues"),
        movement(21, "2025-01-01", "15031 Celles", "15031 Celles", "COMD COM"),
        movement(32, "2023-01-01", "16140 Fontclaireau", "16206 Mansle-les-Fontaines"),
        movement(32, "2023-01-01", "16140 Fontclaireau", "16140 Fontclaireau", "COM COMD"),
        movement(32, "2023-01-01", "16206 Mansle", "16206 Mansle-les-Fontaines"),
        movement(32, "2025-01-01", "71131 Ciel", "71566 Verdun-Ciel"),
        movement(32, "2025-01-01", "71566 Verdun-sur-le-Doubs", "71566 Verdun-Ciel"),
        movement(32, "2019-01-01", "60054 Beaumont-les-Nonains", talican),
        movement(32, "2019-01-01", "60694 Villotran", talican),
        movement(21, "2024-01-01", talican, "60054 Beaumont-les-Nonains"),
        movement(21, "2024-01-01", talican, "60694 Les Hauts-Talican"),
        movement(32, "2015-12-15", "49069 Champtoceaux", "49069 Orée d'Anjou"),
        movement(32, "2015-12-15", "49126 Drain", "49069 Orée d'Anjou"),
        movement(50, "2025-01-01", "49069 Orée d'Anjou", "49126 Orée d'Anjou"),
        movement(32, "2016-01-01", "12076 Conques", "12076 Conques-en-Rouergue"),
        movement(32, "2016-01-01", "12218 Saint-Cyprien", "12076 Conques-en-Rouergue"),
        movement(50, "2024-03-04", "12076 Conques-en-Rouergue", "12218 Conques-en-Rouergue"),
        movement(10, "2026-01-01", "71263 Louhans", "71263 Louhans-Châteaurenaud"),
    )


def found(cases: Iterable[tuple[str, str, str, str]]) -> list[tuple[str, str, str, str]]:
    resolver = load_resolver()
    told = []
    for code, day, *_ in cases:
        on = date.fromisoformat(day)
        (town,) = resolver.resolve(code, on=on).town_ids
        label = town_labels([town], on=on)[town]
        told.append((code, day, label.code, label.name))
    return told


def check_neussargues() -> None:
    resolver = load_resolver()
    (whole,) = resolver.resolve("15141", on=THEN).town_ids
    assert resolver.resolve("15141", on=TODAY).town_ids == (whole,)
    assert living_towns(on=TODAY)[whole] == whole
    parts = parted_towns([whole], since=THEN, on=TODAY)[whole]
    codes = {label.code for label in town_labels(parts, on=TODAY).values()}
    assert {"15031", "15035"} <= codes
    assert "15141" not in codes


def check_talican() -> None:
    resolver = load_resolver()
    before = resolver.resolve("60054", on=THEN).town_ids
    assert before == resolver.resolve("60694", on=TODAY).town_ids
    assert before != resolver.resolve("60054", on=TODAY).town_ids


def check_invariants() -> None:
    """Neither a town nor a code has two periods on one day."""
    by_town: defaultdict[object, list[tuple[date, date]]] = defaultdict(list)
    for town, code, start, end in TownPeriod.objects.values_list(
        "town_id", "code", "valid_from", "valid_to"
    ):
        span = (start or date.min, end or date.max)
        by_town[town].append(span)
        by_town[code].append(span)
    for spans in by_town.values():
        for before, after in pairwise(sorted(spans)):
            assert before[1] <= after[0]


def check_intercommunalities() -> None:
    split = date(2022, 1, 1)
    old = find_territory(f"epci:{OLD}", on=date(2021, 12, 31))
    members = town_ids_in(old, on=date(2021, 12, 31)) or frozenset()
    with pytest.raises(UnknownTerritory):
        find_territory(f"epci:{OLD}", on=split)
    after = IntercommunalityMembership.objects.as_of(split).filter(town_id__in=members)
    assert set(after.values_list("intercommunality__siren", flat=True)) == NEW
    history = town_history(min(members))
    assert any(day == split and "intercommunalité" in said for day, said in history)


def test_every_named_case_on_a_made_up_country(packages: Path, file: Path) -> None:
    report = import_cog(folder=packages, movements=file, imported_at=NOW)
    assert report.disagreements == ()
    assert found(CASES) == CASES
    check_neussargues()
    check_talican()
    check_invariants()


def test_an_intercommunality_that_splits_leaves_its_towns_to_its_heirs(tmp_path: Path) -> None:
    rows = [commune("56001", "Locminé"), commune("56002", "Baud")]
    write_package(tmp_path, 2021, rows, {OLD: ["56001", "56002"]})
    write_package(tmp_path, 2022, rows, {"200096675": ["56001"], "200096683": ["56002"]})
    import_cog(folder=tmp_path, imported_at=NOW)
    check_intercommunalities()


def test_every_named_case_on_the_real_country(shared: Path) -> None:
    if not all((settings.BEFFROI_COG_PATH / f"cog-{year}").exists() for year in (2021, 2026)):
        pytest.skip("les paquets de la géographie officielle ne sont pas tous installés")
    file = shared / "data" / "cog-2026" / "mouvements-communes.csv"
    report = import_cog(folder=settings.BEFFROI_COG_PATH, movements=file, imported_at=NOW)
    assert report.disagreements == ()
    assert found(CASES) == CASES
    check_neussargues()
    check_talican()
    check_invariants()
    check_intercommunalities()
    assert found([("92012", "1967-12-31", "", ""), ("2A004", "1975-12-31", "", "")]) == [
        ("92012", "1967-12-31", "75012", "Boulogne-Billancourt"),
        ("2A004", "1975-12-31", "20004", "Ajaccio"),
    ]
    counts = [TownPeriod.objects.as_of(day).count() for day in (TODAY, date(1962, 3, 1))]
    assert counts[0] == 34_969
    assert 37_000 < counts[1] < 39_000
    check_every_code_resolves()
    assert not import_cog(folder=settings.BEFFROI_COG_PATH, imported_at=NOW).has_changed


def check_every_code_resolves() -> None:
    """Every code that was ever borne reaches a living town, but those shared out among several."""
    resolver = load_resolver()
    lost, ambiguous = set(), set()
    for code in resolver.bearings:
        try:
            found_today = resolver.resolve(code, on=TODAY)
        except UnknownCode:
            lost.add(code)
            continue
        if found_today.is_ambiguous:
            ambiguous.add(code)
    assert lost == set()
    assert ambiguous == SHARED_OUT

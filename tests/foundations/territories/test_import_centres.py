"""Points of communes and of EPCI, read from GeoJSON."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from beffroi.foundations.territories.actions import CentresReport, import_centres
from beffroi.foundations.territories.centres_file import UnreadableCentres
from beffroi.foundations.territories.models import IntercommunalityCentre, TownCentre
from beffroi.foundations.territories.queries import intercommunality_points, town_points
from tests.foundations.territories.factories import (
    extend_town,
    make_intercommunality,
    make_succession,
    make_town,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, tzinfo=UTC)
CRS = "urn:ogc:def:crs:OGC:1.3:CRS84"
DINAN = (-2.04928, 48.45551)


def feature(code: str, *coordinates: Any, column: str = "CODGEO", **more: Any) -> dict[str, Any]:
    geometry = {"type": "Point", "coordinates": list(coordinates)} if coordinates else None
    return {"type": "Feature", "properties": {column: code} | more, "geometry": geometry}


def write(
    folder: Path, *features: dict[str, Any], crs: str = "urn:ogc:def:crs:OGC:1.3:CRS84"
) -> Path:
    path = folder / "points.geojson"
    content = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": crs}},
        "features": features,
    }
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def load(path: Path, **options: bool) -> CentresReport:
    return import_centres(path=path, imported_at=NOW, **options)


def test_places_towns_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    make_town("22050", name="Dinan")
    path = write(tmp_path, feature("22050", -2.049281, 48.455512))
    assert load(path).counts["created"] == 1
    assert town_points(on=date(2022, 9, 23)) == {"22050": DINAN}
    again = load(path).counts
    assert (again["unchanged"], again["created"], again["updated"]) == (1, 0, 0)
    moved = load(write(tmp_path, feature("22050", -2.0, 48.0))).counts
    assert moved["updated"] == 1


def test_places_intercommunalities_and_leaves_the_parts_of_paris(tmp_path: Path) -> None:
    make_intercommunality("200068989", "Dinan Agglomération")
    path = write(
        tmp_path,
        feature("200068989", *DINAN, column="siren_epci", type="epci"),
        feature("200054781", 2.35, 48.85, column="siren_epci", type="ept"),
    )
    assert load(path).counts["created"] == 1
    assert intercommunality_points() == {"200068989": DINAN}
    assert IntercommunalityCentre.objects.count() == 1


def test_a_code_of_today_outweighs_the_one_it_absorbed(tmp_path: Path) -> None:
    merged_on = date(2023, 1, 1)
    gone = make_town("16140", end=merged_on, name="Fontclaireau")
    heir = make_town("16206", end=merged_on, name="Mansle")
    extend_town(heir, "16206", start=merged_on, name="Mansle-les-Fontaines")
    make_succession(gone, heir, merged_on)
    path = write(tmp_path, feature("16140", 0.1, 45.8), feature("16206", 0.2, 45.9))
    assert load(path).counts["duplicate"] == 1
    assert town_points(on=date(2024, 1, 1)) == {"16206": (0.2, 45.9)}
    assert not TownCentre.objects.filter(town=gone).exists()


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (feature("99999", *DINAN), "est inconnu"),
        (feature("22050"), "pas un point"),
        (feature("22050", 350_000.0, 6_800_000.0), "pas en degrés"),
    ],
)
def test_one_refused_point_writes_nothing_unless_asked(
    bad: dict[str, Any], reason: str, tmp_path: Path
) -> None:
    make_town("22050")
    make_town("29001")
    path = write(tmp_path, feature("29001", *DINAN), bad)
    report = load(path)
    assert not report.is_written
    assert reason in report.refused[0].reason
    assert TownCentre.objects.count() == 0
    assert load(path, is_partial=True).is_written
    assert TownCentre.objects.count() == 1


@pytest.mark.parametrize(
    ("features", "crs", "reason"),
    [
        ([], "CRS84", "aucun point"),
        ([feature("22050", *DINAN, column="nom")], "CRS84", "aucun code"),
        ([feature("22050", *DINAN)], "EPSG::2154", "projection inconnue"),
    ],
)
def test_another_kind_of_file_is_refused(
    features: list[dict[str, Any]], crs: str, reason: str, tmp_path: Path
) -> None:
    with pytest.raises(UnreadableCentres, match=reason):
        load(write(tmp_path, *features, crs=crs))


def test_the_command_says_what_it_refused(tmp_path: Path, capsys: Any) -> None:
    make_town("22050")
    path = write(tmp_path, feature("22050", *DINAN), feature("99999", *DINAN))
    with pytest.raises(SystemExit) as stopped:
        call_command("import_centres", str(path))
    assert stopped.value.code == 1
    written = capsys.readouterr()
    assert "point 2" in written.err
    assert "Rien n’a été écrit" in written.out
    call_command("import_centres", str(path), "--partial", "--format", "json")
    assert json.loads(capsys.readouterr().out)["counts"]["created"] == 1

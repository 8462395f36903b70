from __future__ import annotations

import json
from datetime import date
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from beffroi.foundations.territories.models import Centrality, CentralityLevel, Vintage
from beffroi.foundations.territories.queries import centrality_of
from beffroi.foundations.territories.rules import Span, restated

from .factories import extend_town, make_succession, make_town

DAY, LATER = date(2021, 1, 1), date(2025, 1, 1)
MAJOR = "Centre majeur d'équipements et de services"
NONE = "Communes non centre"


def write(path: Path, *lines: str) -> Path:
    text = "\n".join(["insee_com,lib_com,niveau_centralite", *lines, ""])
    path.write_text(text, encoding="utf-8-sig")
    return path


def run(path: Path, *arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command("import_centrality", str(path), "--format", "json", *arguments, stdout=out)
    return dict(json.loads(out.getvalue()))


@pytest.mark.django_db
def test_gives_each_town_its_level(tmp_path: Path) -> None:
    town, other = make_town("01001"), make_town("01004")
    said = run(write(tmp_path / "c.csv", f"01001,A,{MAJOR}", f"1004,B,{NONE}"))
    assert (said["as_of"], said["counts"]["created"]) == (None, 2)
    levels = centrality_of([town.pk, other.pk], on=DAY)
    assert levels == {town.pk: CentralityLevel.MAJOR, other.pk: CentralityLevel.NONE}


@pytest.mark.django_db
def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    make_town("01001"), make_town("01002")
    file = write(tmp_path / "c.csv", f"01001,A,{MAJOR}", "01002,B,- undefined")
    run(file)
    rows = list(Centrality.objects.values())
    counts = run(file)["counts"]
    assert (counts["unchanged"], counts["undefined"], counts["created"]) == (1, 1, 0)
    assert list(Centrality.objects.values()) == rows


@pytest.mark.django_db
def test_a_dated_file_holds_from_its_day_on(tmp_path: Path) -> None:
    town = make_town("01001")
    run(write(tmp_path / "centralite-2021.csv", f"01001,A,{NONE}"))
    run(write(tmp_path / "c.csv", f"01001,A,{MAJOR}"), "--as-of", "2025-01-01")
    assert centrality_of([town.pk], on=date(2020, 12, 31)) == {}
    assert centrality_of([town.pk], on=date(2024, 12, 31))[town.pk] == CentralityLevel.NONE
    assert centrality_of([town.pk], on=LATER)[town.pk] == CentralityLevel.MAJOR


@pytest.mark.django_db
def test_a_file_is_dated_by_the_only_edition_that_has_its_communes(tmp_path: Path) -> None:
    for year in (2021, 2025):
        Vintage.objects.create(year=year, imported_at="2026-01-01T00:00:00Z")
    town = make_town("01001", end=LATER)
    extend_town(town, "01002", start=LATER)
    assert run(write(tmp_path / "c.csv", f"01002,A,{NONE}"))["as_of"] == "2025-01-01"


@pytest.mark.django_db
def test_refuses_line_by_line_and_writes_nothing(tmp_path: Path) -> None:
    make_town("01001")
    lines = (f"01001,A,{MAJOR}", f"99999,B,{MAJOR}", "01001,A,Ville", "01001,A,Communes non centre")
    out, errors = StringIO(), StringIO()
    with pytest.raises(SystemExit) as refusal:
        call_command(
            "import_centrality", str(write(tmp_path / "c.csv", *lines)), stdout=out, stderr=errors
        )
    assert refusal.value.code == 1
    said = errors.getvalue().splitlines()
    assert [line.split(", ")[1] for line in said] == ["ligne 3", "ligne 4", "ligne 5"]
    assert "99999" in said[0]
    assert "inconnu" in said[1]
    assert not Centrality.objects.exists()


@pytest.mark.django_db
def test_partial_writes_the_good_lines(tmp_path: Path) -> None:
    make_town("01001")
    said = run(write(tmp_path / "c.csv", f"01001,A,{MAJOR}", f"99999,B,{MAJOR}"), "--partial")
    assert (said["written"], said["counts"]["created"], said["counts"]["refused"]) == (True, 1, 1)
    assert [row["line"] for row in said["refused"]] == [3]


@pytest.mark.django_db
def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    make_town("01001")
    said = run(write(tmp_path / "c.csv", f"01001,A,{MAJOR}"), "--dry-run")
    assert (said["written"], said["counts"]["created"]) == (False, 1)
    assert not Centrality.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("order", [1, -1])
def test_the_line_of_a_merged_commune_yields_to_its_heir(tmp_path: Path, order: int) -> None:
    ciel, verdun = make_town("71131", end=DAY), make_town("71566")
    make_succession(ciel, verdun, DAY)
    lines = [f"71131,Ciel,{NONE}", f"71566,Verdun,{MAJOR}"][::order]
    said = run(write(tmp_path / "c.csv", *lines), "--as-of", "2025-01-01")
    assert said["counts"]["duplicate"] == 1
    assert Centrality.objects.get().level == CentralityLevel.MAJOR


@pytest.mark.django_db
def test_refuses_an_undated_file_after_dated_ones(tmp_path: Path) -> None:
    make_town("01001")
    run(write(tmp_path / "c.csv", f"01001,A,{NONE}"), "--as-of", "2021-01-01")
    errors = StringIO()
    with pytest.raises(SystemExit):
        call_command("import_centrality", str(tmp_path / "c.csv"), stderr=errors)
    assert "--as-of" in errors.getvalue()


@pytest.mark.django_db
def test_misuse_and_strange_files_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as misuse:
        run(tmp_path / "absent.csv")
    assert misuse.value.returncode == 2
    (tmp_path / "odd.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    errors = StringIO()
    with pytest.raises(SystemExit) as refusal:
        call_command("import_centrality", str(tmp_path / "odd.csv"), stderr=errors)
    assert refusal.value.code == 1
    assert "colonnes absentes\u00a0: insee_com, niveau_centralite" in errors.getvalue()


DAYS = st.integers(0, 12).map(lambda month: date(2020 + month // 12, month % 12 + 1, 1))


@given(st.lists(st.tuples(DAYS, st.sampled_from([0, 1, 2, None])), max_size=8))
def test_a_timeline_never_overlaps_and_holds_what_was_last_said(
    states: list[tuple[date, int | None]],
) -> None:
    timeline: list[tuple[int, Span]] = []
    for day, value in states:
        timeline = restated(timeline, value, day)
        held = [known for known, span in timeline if span.holds(day)]
        assert held == ([] if value is None else [value])
    spans = [span for _, span in timeline]
    for earlier, later in pairwise(spans):
        assert earlier.end is not None
        assert later.start is not None
        assert earlier.end <= later.start


@pytest.mark.django_db
def test_reads_the_real_file(tmp_path: Path, shared: Path) -> None:
    make_town("22050", name="Dinan")
    lines = (shared / "data" / "zonages" / "centralite.csv").read_text("utf-8-sig").splitlines()
    (dinan,) = [line for line in lines if line.startswith("22050,")]
    assert run(write(tmp_path / "c.csv", dinan))["counts"]["created"] == 1
    levels = {line.rsplit(",", 1)[1] for line in lines[1:]}
    assert len(levels) == 6

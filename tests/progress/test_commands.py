"""`beffroi progress`, `freeze_progress` and `progress_report`, as a shell sees them."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from beffroi.progress.models import Snapshot
from tests.foundations.territories.factories import make_region
from tests.progress.factories import cover, designate, make_commitment, make_plan, new_town

pytestmark = pytest.mark.django_db
DAY = "2022-09-23"


@pytest.fixture(autouse=True)
def register() -> None:
    """Three towns of Côtes-d’Armor, one signed; a quarter of the plan committed."""
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor"})
    towns = [new_town() for _ in range(3)]
    designate(*towns)
    cover(towns[0])
    make_plan("400.00")
    make_commitment("100.50", town=towns[0])


def run(*words: str, **options: Any) -> str:
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


def test_gives_json_with_numerator_denominator_and_definition() -> None:
    report = json.loads(run("progress", "--as-of", DAY, "--format", "json"))
    share = report["indicators"]["adhesion_share"]
    assert set(report) == {"as_of", "territory", "indicators"}
    assert (report["as_of"], report["territory"]) == (DAY, "national")
    assert set(share) == {"value", "unit", "numerator", "denominator", "definition"}
    assert (share["value"], share["numerator"], share["denominator"]) == (33.3, 1, 3)
    assert report["indicators"]["realised_amount"]["value"] == 100.5
    assert report["indicators"]["planned_amount"]["value"] == 400
    assert report["indicators"]["realised_share"]["value"] == 25


def test_gives_null_for_what_does_not_exist_in_a_territory() -> None:
    words = ("progress", "--as-of", "23/09/2022", "--territory", "dep:22", "--format", "json")
    report = json.loads(run(*words))
    assert report["territory"] == "dep:22"
    assert report["indicators"]["realised_share"]["value"] is None
    assert report["indicators"]["active_towns"]["value"] == 3


def test_prints_a_french_table() -> None:
    text = run("progress", "--as-of", DAY)
    assert "Point d’avancement au 23\u00a0septembre\u00a02022 – France entière" in text
    assert "33,3\u202f%" in text
    assert "1 sur 3" in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--as-of", "demain"), "Date illisible"),
        (("--as-of", "2020-09-30"), "précède le lancement du programme"),
        (("--as-of", DAY, "--territory", "dep:99"), "Aucun territoire"),
        (("--as-of", DAY, "--territory", "ici"), "Territoire illisible"),
    ],
)
@pytest.mark.parametrize("command", ["progress", "freeze_progress"])
def test_refuses_in_french(command: str, words: tuple[str, ...], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        run(command, *words)


def test_freezing_prints_the_reference_on_the_last_line() -> None:
    for _ in range(2):
        assert run("freeze_progress", "--as-of", DAY).splitlines()[-1] == f"{DAY}-national-r1"
    words = ("freeze_progress", "--as-of", DAY, "--territory", "dep:22")
    assert run(*words).splitlines()[-1] == f"{DAY}-dep-22-r1"


def test_other_figures_need_a_reason() -> None:
    run("freeze_progress", "--as-of", DAY)
    designate(new_town())
    with pytest.raises(CommandError, match="donnez un motif"):
        run("freeze_progress", "--as-of", DAY)
    text = run("freeze_progress", "--as-of", DAY, "--reason", "commune oubliée")
    assert text.splitlines()[-1] == f"{DAY}-national-r2"
    with pytest.raises(CommandError, match="n’est pas encore arrivé"):
        run("freeze_progress", "--as-of", "2999-01-01")


@pytest.mark.parametrize("form", ["json", "csv"])
def test_writes_the_same_bytes_each_time(form: str, tmp_path: Path) -> None:
    run("freeze_progress", "--as-of", DAY)
    files = [tmp_path / "un", tmp_path / "deux"]
    for file in files:
        run("progress_report", f"{DAY}-national-r1", "--format", form, "--output", str(file))
        designate(new_town())
    assert files[0].read_bytes() == files[1].read_bytes()
    assert "33.3" in files[0].read_text()


def test_the_file_carries_the_figures_and_how_to_check_them(tmp_path: Path) -> None:
    run("freeze_progress", "--as-of", DAY)
    file = tmp_path / "point.json"
    run("progress_report", f"{DAY}-national-r1", "--format", "json", "--output", str(file))
    report = json.loads(file.read_text())
    assert report["fingerprint"] == Snapshot.objects.get().fingerprint
    assert report["indicators"]["adhesion_share"]["denominator"] == 3
    assert report["indicators"]["adhesion_share"]["version"] == 1


def test_refuses_an_unknown_reference_and_a_file_it_cannot_write(tmp_path: Path) -> None:
    words = ("progress_report", "2022-01-01-national-r1", "--format", "csv", "--output")
    with pytest.raises(CommandError, match="Aucun point d’avancement"):
        run(*words, str(tmp_path / "x"))
    run("freeze_progress", "--as-of", DAY)
    with pytest.raises(CommandError, match="Fichier non écrit"):
        run("progress_report", f"{DAY}-national-r1", *words[2:], str(tmp_path / "non" / "x"))


def test_prints_what_changed_since_an_earlier_day() -> None:
    town = new_town(name="Dinan")
    designate(town, started_on=date(2022, 7, 1))
    make_commitment("10.00", town=town, decided_on=date(2022, 7, 5))
    text = run("progress", "--as-of", DAY, "--since", "2022-06-30")
    assert "Du 30\u00a0juin\u00a02022 au 23\u00a0septembre\u00a02022 – France entière" in text
    assert "1\u00a0commune entrée" in text
    assert "+10\u00a0€" in text
    assert "1\u00a0décision entrée" in text


def test_gives_what_changed_as_json_in_one_territory() -> None:
    designate(new_town(name="Dinan"), started_on=date(2022, 7, 1))
    words = ("progress", "--as-of", DAY, "--since", "2022-06-30", "--territory", "dep:22")
    report = json.loads(run(*words, "--format", "json"))
    change = report["changes"]["active_towns"]
    (movement,) = change["movements"]
    assert (report["since"], report["as_of"], report["territory"]) == ("2022-06-30", DAY, "dep:22")
    assert (change["before"]["value"], change["after"]["value"], change["difference"]) == (3, 4, 1)
    assert (movement["kind"], movement["name"], movement["date"]) == (
        "entered",
        "Dinan",
        "2022-07-01",
    )
    assert "expertise_missions" in report["unchanged"]


def test_says_that_nothing_changed() -> None:
    text = run("progress", "--as-of", DAY, "--since", "2022-09-01")
    assert "Rien n’a changé depuis le 1er\u00a0septembre\u00a02022." in text


def test_refuses_to_compare_with_a_later_day() -> None:
    with pytest.raises(CommandError, match="ne précède pas"):
        run("progress", "--as-of", DAY, "--since", "2022-12-31")

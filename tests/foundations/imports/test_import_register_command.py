from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from beffroi.programme.support.models import PlannedCommitment
from tests.foundations.imports.country import PLANS
from tests.foundations.imports.tables import write_text

pytestmark = pytest.mark.django_db


def run(path: Path, *options: str) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    out, err = StringIO(), StringIO()
    try:
        call_command("import_register", str(path), *options, stdout=out, stderr=err)
    except SystemExit as stop:
        return int(str(stop.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_prints_the_promised_shape(tmp_path: Path) -> None:
    path = write_text(tmp_path / "plans.csv", PLANS, "État;1 250,00 €", "etat;1250")
    code, out, err = run(path, "--format", "json")
    report = json.loads(out)
    assert (code, err) == (0, "")
    assert report["files"] == {
        "plans.csv": {"created": 1, "updated": 0, "unchanged": 0, "duplicate": 1, "refused": 0}
    }
    assert report["refused"] == []
    assert set(report["notes"][0]) == {"file", "line", "column", "value", "reason"}


def test_says_each_refusal_on_one_line_and_exits_with_1(tmp_path: Path) -> None:
    path = write_text(tmp_path / "plans.csv", PLANS, "État;abc", '"Fonda\ntion";5')
    code, out, err = run(path, "--format", "json")
    assert code == 1
    assert err.splitlines()[0] == (
        "plans.csv, ligne 2, montant, « abc » : montant illisible, attendu : 21 667,00 €"
    )
    assert err.splitlines()[1].startswith("plans.csv, ligne 3, financeur, « Fonda tion » :")
    assert [set(row) for row in json.loads(out)["refused"]] == [
        {"file", "line", "column", "value", "reason"}
    ] * 2


def test_partial_is_done_when_every_refused_row_is_kept(tmp_path: Path) -> None:
    path = write_text(tmp_path / "plans.csv", PLANS, "État;abc", "Anah;5")
    code, out, err = run(path, "--partial")
    assert (code, PlannedCommitment.objects.count()) == (0, 1)
    assert "ligne 2" in err
    assert "attendent au bureau" in out


def test_partial_still_exits_with_1_for_a_file_nobody_understands(tmp_path: Path) -> None:
    write_text(tmp_path / "plans.csv", PLANS, "Anah;5")
    write_text(tmp_path / "autre.csv", "x;y", "1;2")
    code, _, err = run(tmp_path, "--partial")
    assert (code, PlannedCommitment.objects.count()) == (1, 1)
    assert err.startswith("autre.csv, ligne 1, « x;y » :")


def test_a_dry_run_says_that_nothing_is_written(tmp_path: Path) -> None:
    code, out, _ = run(write_text(tmp_path / "plans.csv", PLANS, "Anah;5"), "--dry-run")
    assert code == 0
    assert "Rien n’a été écrit" in out
    assert "plans.csv" in out


def test_takes_a_path_that_does_not_exist_as_misuse(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refusal:
        run(tmp_path / "absent.csv")
    assert refusal.value.returncode == 2

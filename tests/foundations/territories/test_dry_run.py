"""What a new edition would change, told before anything is written."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from beffroi.foundations.territories import models
from beffroi.foundations.territories.models import Intercommunality, Town
from beffroi.foundations.territories.queries import load_resolver
from beffroi.programme.membership.models import Designation, Programme

from .movements import movement, write_movements
from .packages import commune, write_package

pytestmark = pytest.mark.django_db
FIRST = date(2022, 6, 1)


@pytest.fixture(autouse=True)
def _country(tmp_path: Path, settings: Settings) -> None:
    settings.BEFFROI_COG_PATH = tmp_path
    write_package(
        tmp_path,
        2022,
        [commune("14131", "Ciel"), commune("14566", "Verdun"), commune("04001", "Seule")],
        {"200000001": ["14131", "14566"], "200000002": ["04001"]},
    )
    write_package(
        tmp_path,
        2026,
        [commune("14566", "Verdun-Ciel", "14131", siren="9"), commune("04001", "Unique")],
        {"200000001": ["14566", "04001"], "200000003": ["14566"]},
    )
    call_command("import_cog", vintage=[2022], stdout=StringIO())


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("import_cog", "--vintage", "2026", *arguments, stdout=out)
    return out.getvalue()


def as_json(*arguments: str) -> dict[str, Any]:
    return dict(json.loads(run("--format", "json", *arguments)))


def follow(code: str) -> Town:
    """Put a town in a programme, as the register above does."""
    (pk,) = load_resolver().resolve(code, on=FIRST).town_ids
    programme, _ = Programme.objects.get_or_create(
        code="pvd", defaults={"name": "PVD", "launched_on": date(2020, 10, 1)}
    )
    Designation.objects.create(programme=programme, town_id=pk, started_on=date(2021, 1, 1))
    return Town.objects.get(pk=pk)


def rows() -> dict[str, list[Any]]:
    return {
        name: list(getattr(models, name)._default_manager.values())
        for name in models.__all__
        if hasattr(getattr(models, name), "_default_manager") and name != "Dated"
    }


def test_a_dry_run_writes_nothing() -> None:
    before = rows()
    assert "essai sans écriture, millésimes\u00a0: 2022, 2026." in run("--dry-run")
    assert rows() == before


def test_tells_what_would_merge_be_renamed_or_change_epci() -> None:
    changes = {
        (row["kind"], row["before"], row["after"]) for row in as_json("--dry-run")["changes"]
    }
    assert changes >= {
        ("merged", "Ciel (14131)", "Verdun-Ciel (14566)"),
        ("absorbed", "Ciel (14131)", "Verdun-Ciel (14566)"),
        ("renamed", "Seule (04001)", "Unique (04001)"),
        ("epci", "CC 200000002 (200000002)", "CC 200000001 (200000001)"),
        ("epci_created", "", "CC 200000003 (200000003)"),
        ("epci_ended", "CC 200000002 (200000002)", ""),
    }


def test_lists_the_towns_that_the_register_follows() -> None:
    follow("14131")
    said = run("--dry-run")
    assert (
        "1er\u00a0janvier\u00a02026, Ciel (14131) devient Verdun-Ciel (14566) "
        "[désignations\u00a0: 1]" in said
    )
    assert "changements ailleurs" in said
    (followed,) = as_json("--dry-run")["followed"]
    assert (followed["kind"], followed["follows"]) == ("merged", {"désignations": 1})


def test_says_when_no_followed_town_is_touched() -> None:
    assert "Aucune commune ni aucun EPCI suivi par le registre n’est touché." in run("--dry-run")


def test_the_run_does_what_the_dry_run_told_then_nothing() -> None:
    told, done = as_json("--dry-run"), as_json()
    assert (told["changes"], told["tables"]) == (done["changes"], done["tables"])
    again = as_json("--dry-run")
    assert (again["has_changed"], again["changes"]) == (False, [])
    assert "Rien n’a changé." in run()


def test_movements_that_come_later_redate_what_was_known(tmp_path: Path) -> None:
    run()
    lines = (
        movement(32, "2024-03-04", "14131 Ciel", "14566 Verdun-Ciel"),
        movement(32, "2024-03-04", "14566 Verdun", "14566 Verdun-Ciel"),
    )
    file = write_movements(tmp_path / "m.csv", *lines)
    said = run("--dry-run", "--movements", str(file))
    assert "fusions\u00a0: 1 à redater" in said
    assert "Désaccords" in said
    assert "Seule (04001) s’appelle Unique" in said
    assert Intercommunality.objects.count() == 3


def test_a_movements_file_that_is_not_there_is_a_misuse(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as misuse:
        run("--movements", str(tmp_path / "absent.csv"))
    assert misuse.value.returncode == 2

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from beffroi.foundations.territories.models import Vintage

from .packages import commune, write_package

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _packages(tmp_path: Path, settings: Settings) -> None:
    for year in (2022, 2026):
        write_package(tmp_path, year, [commune("14001", f"Bourg {year}"), commune("14002", "Val")])
    settings.BEFFROI_COG_PATH = tmp_path


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("import_cog", *arguments, stdout=out)
    return out.getvalue()


def test_loads_every_installed_edition_by_default() -> None:
    said = run()
    assert list(Vintage.objects.values_list("year", flat=True)) == [2022, 2026]
    assert "millésimes chargés\u00a0: 2022, 2026." in said
    assert "communes (lignes)\u00a0: 3 créées, 1 closes, 0 redatées" in said
    assert "2026\u00a0: 2 communes, 1 EPCI." in said


def test_loads_the_named_editions_only() -> None:
    said = run("--vintage", "2022")
    assert list(Vintage.objects.values_list("year", flat=True)) == [2022]
    assert "communes (lignes)\u00a0: 2 créées" in said
    said = run("--vintage", "2026", "--vintage", "2022")
    assert "1 créées, 1 closes, 1 redatées, 0 retirées, 1 inchangées" in said


def test_says_when_nothing_changed() -> None:
    run()
    said = run()
    assert "Rien n’a changé." in said
    assert (
        "communes (lignes)\u00a0: 0 créées, 0 closes, 0 redatées, 0 retirées, 3 inchangées" in said
    )


def test_refuses_an_edition_that_is_not_installed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refusal:
        run("--vintage", "2019")
    assert refusal.value.code == 1
    assert (
        "2019 n’est pas installé. Millésimes présents\u00a0: 2022, 2026." in capsys.readouterr().err
    )

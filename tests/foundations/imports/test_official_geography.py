from __future__ import annotations

from pathlib import Path

import pytest

from beffroi.foundations.territories.models import Intercommunality
from tests.foundations.imports.country import FRAMEWORKS, MISSIONS, PLANS, outcomes, receive


@pytest.mark.django_db
def test_says_once_to_load_the_official_geography(tmp_path: Path) -> None:
    report = receive(tmp_path / "m.csv", MISSIONS, *["M1;01004;Anah;x;1/1/2022;1"] * 3)
    (refusal,) = report.refused
    assert "import_cog" in refusal.reason
    assert outcomes(report) == {"refused": 1}


@pytest.mark.django_db
def test_needs_no_geography_for_what_has_no_place(tmp_path: Path) -> None:
    assert outcomes(receive(tmp_path / "p.csv", PLANS, "État;1")) == {"created": 1}


@pytest.mark.usefixtures("country")
def test_says_to_load_the_intercommunalities(tmp_path: Path) -> None:
    Intercommunality.objects.all().delete()
    row = "CC-1;27/07/2022;oui;200069425;01004;Ambérieu"
    (refusal,) = receive(tmp_path / "c.csv", FRAMEWORKS, row).refused
    assert "import_cog" in refusal.reason

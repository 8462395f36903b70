"""The reference follow-up of September 2022, on the real communes, gives the letter's figures."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command, get_commands

from beffroi.progress.queries import measure_progress
from beffroi.progress.written.files import measured

CODES = {
    "adhesion_share_pct": "adhesion_share",
    "realised_eur": "realised_amount",
    "planned_eur": "planned_amount",
    "realised_share_pct": "realised_share",
    "missions": "expertise_missions",
    "posts_open": "manager_posts",
    "brownfield_ha": "brownfield_area",
    "meetings": "meetings_held",
}


@pytest.mark.django_db
@pytest.mark.parametrize("has_movements", [False, True])
def test_finds_every_expected_figure(shared: Path, has_movements: bool) -> None:
    folder = shared / "data" / "suivi-2022-09"
    if "import_register" not in get_commands() or not settings.BEFFROI_COG_PATH.is_dir():
        pytest.skip("l’import du registre ou la géographie officielle manque")
    file = shared / "data" / "cog-2026" / "mouvements-communes.csv"
    movements = ["--movements", str(file)] if has_movements else []
    call_command("import_cog", "--vintage", "2022", *movements, verbosity=0)
    call_command("import_register", str(folder), verbosity=0)
    expected = json.loads((folder / "attendu.json").read_text())
    figures = measured(measure_progress(as_of=date.fromisoformat(expected.pop("as_of"))).figures)
    found = {name: figures[CODES.get(name, name)]["value"] for name in expected}
    assert found == expected

"""The State look stays light: one sheet of the system, and nothing that needs the other."""

from __future__ import annotations

import re
from pathlib import Path

import dsfr
import pytest
from django.test import Client
from pytest_django import Settings

import beffroi

SHEETS = Path(dsfr.__file__).parent / "static" / "dsfr" / "dist"
HOUSE = Path(beffroi.__file__).parent
_CLASS_RULE = re.compile(r"\.(fr-[A-Za-z0-9_-]+)")
_CLASS_USED = re.compile(r"\bfr-[A-Za-z0-9_-]+")


def test_no_template_uses_a_class_of_the_utility_sheet_alone() -> None:
    main, utility = (
        set(_CLASS_RULE.findall((SHEETS / name).read_text()))
        for name in ("dsfr/dsfr.min.css", "utility/utility.min.css")
    )
    used = {
        name for path in HOUSE.rglob("*.html") for name in _CLASS_USED.findall(path.read_text())
    }
    assert utility - main
    assert used & (utility - main) == set()


@pytest.mark.django_db
def test_loads_the_main_sheet_alone(client: Client, settings: Settings) -> None:
    settings.BEFFROI_SKIN = "dsfr"
    page = client.get("/point-d-avancement/").content.decode()
    assert "dsfr.min.css" in page
    assert "utility.min.css" not in page

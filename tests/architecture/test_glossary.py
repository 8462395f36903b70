"""The glossary names every model, and no model that does not exist."""

from __future__ import annotations

import re
from pathlib import Path

from django.apps import apps

GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"
ROW = re.compile(r"^\| [^|]+ \| `(\w+)` \|", re.MULTILINE)


def _models() -> set[str]:
    return {
        model.__name__ for model in apps.get_models() if model.__module__.startswith("beffroi.")
    }


def test_defines_every_model() -> None:
    assert _models() - set(ROW.findall(GLOSSARY.read_text())) == set()


def test_defines_nothing_that_does_not_exist() -> None:
    assert set(ROW.findall(GLOSSARY.read_text())) - _models() == set()

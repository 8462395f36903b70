"""A number that a page sends back is written as the program reads it: no space at the thousand."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEY = re.compile(r"\{\{ [\w.]*(?:\bpk|_pk|\.id|(?<!auto)_id|page_number|\.year) \}\}")


def test_writes_keys_without_a_space_at_the_thousand() -> None:
    templates = (ROOT / "beffroi").rglob("templates/**/*.html")
    found = {
        str(path.relative_to(ROOT)): keys
        for path in templates
        if (keys := KEY.findall(path.read_text()))
    }
    assert found == {}

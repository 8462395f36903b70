"""A database that cannot serve is said in a sentence, a bug keeps its traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import OperationalError

from config.cli import word_database_failure

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("empty.sqlite3", "lancez d'abord « beffroi migrate »"),
        ("no/where.sqlite3", "ne répond pas"),
    ],
)
def test_says_what_the_database_lacks(tmp_path: Path, place: str, sentence: str) -> None:
    environment = os.environ | {"BEFFROI_DATABASE_URL": f"sqlite:///{tmp_path / place}"}
    command = [sys.executable, "manage.py", "delivery", "17"]
    run = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout) == (1, "")
    assert sentence in run.stderr
    assert len(run.stderr.splitlines()) == 1


def test_leaves_a_bug_its_traceback() -> None:
    assert word_database_failure(OperationalError("no such column: x")) == ""

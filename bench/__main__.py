"""`python -m bench [NAME] [--database KIND]`: run the measures and write var/bench/latest.json."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.measure import Measure
from tests.plugins.database import Cluster

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "var" / "bench" / "latest.json"


def main() -> None:
    """Run every measure, or the one that is named; a missed goal is told, not hidden."""
    parser = ArgumentParser(prog="bench")
    parser.add_argument("only", nargs="?")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    options = parser.parse_args()
    only: str | None = options.only
    measures: list[Measure] = []
    with _throw_away_database(options.database):
        from bench.measures import BENCHMARKS

        if only is not None and only not in BENCHMARKS:
            sys.exit(f"mesure inconnue : {only}. Connues : {', '.join(BENCHMARKS)}")
        for name, benchmark in BENCHMARKS.items():
            if only in {None, name}:
                found = benchmark()
                measures += found
                for measure in found:
                    print(measure)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(
        json.dumps(
            {"measures": [measure.as_json() for measure in measures]}, indent=2, ensure_ascii=False
        )
        + "\n"
    )


@contextmanager
def _database_url(kind: str) -> Iterator[str]:
    """A new database, gone afterwards; PostgreSQL as the tests start it."""
    if kind == "postgresql":
        cluster = Cluster()
        try:
            yield cluster.start()
        finally:
            cluster.stop()
        return
    with tempfile.TemporaryDirectory(prefix="beffroi-bench-") as folder:
        yield f"sqlite:///{folder}/bench.sqlite3"


@contextmanager
def _throw_away_database(kind: str) -> Iterator[None]:
    """A new database with the site's tree."""
    with _database_url(kind) as url:
        os.environ["BEFFROI_DATABASE_URL"] = url
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.local"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        yield


main()

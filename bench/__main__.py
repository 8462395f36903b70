"""`python -m bench [NAME]`: run the measures and write var/bench/latest.json."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.measure import Measure

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "var" / "bench" / "latest.json"


def main() -> None:
    """Run every measure, or the one that is named; a missed goal is told, not hidden."""
    only = sys.argv[1] if len(sys.argv) > 1 else None
    measures: list[Measure] = []
    with _throw_away_database():
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
def _throw_away_database() -> Iterator[None]:
    """A new SQLite database with the site's tree, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="beffroi-bench-") as folder:
        os.environ["BEFFROI_DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.local"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        yield


main()

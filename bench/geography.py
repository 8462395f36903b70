"""The official geography: every edition and the movements, against reading the same files."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from beffroi.foundations.territories.actions import import_cog
from beffroi.foundations.territories.cog_packages import available_vintages, read_edition
from beffroi.foundations.territories.movements_file import COLUMNS
from bench.measure import Measure, median_seconds, seconds

ROOT = Path(__file__).resolve().parents[1]
OFFICIAL = ROOT.parent / "shared" / "data" / "cog-2026" / "mouvements-communes.csv"
MADE_UP_COMMUNES = 4_500
MEGABYTES = 400


def cog_import() -> list[Measure]:
    """All editions and movements into a new database, then again, which changes nothing."""
    folder = settings.BEFFROI_COG_PATH
    years = available_vintages(folder)
    files = [file for year in years for file in _package_files(folder, year)]
    with tempfile.TemporaryDirectory() as name:
        movements = _movements(Path(name))

        def read_alone() -> None:
            for file in files:
                json.loads(file.read_bytes())
            with movements.open(encoding="utf-8-sig", newline="") as rows:
                list(csv.DictReader(rows))

        def load() -> int:
            report = import_cog(folder=folder, movements=movements, imported_at=timezone.now())
            tallies = report.tallies.values()
            return sum(tally.created + tally.redated + tally.removed for tally in tallies)

        reading = median_seconds(read_alone, runs=3)
        taken = seconds(load)
        changed = load()
        peak = _peak_megabytes(movements)
    what = f"{len(years)} millésimes et les mouvements"
    return [
        Measure("cog_import", taken, "s", 60, f"limite pour {what}"),
        Measure("cog_import", taken / reading, "fois", 15, "json et csv seuls, mêmes fichiers"),
        Measure("cog_import", peak, "Mo", MEGABYTES, "mémoire la plus haute du processus"),
        Measure("cog_import", changed, "lignes", 0, "changées par une seconde reprise"),
    ]


def _package_files(folder: Path, year: int) -> list[Path]:
    """The files that an import reads of a package."""
    names = ("regions", "departements", "communes", "epci")
    return [folder / f"cog-{year}" / "data" / f"{name}.json" for name in names]


def _movements(folder: Path) -> Path:
    """The official file where it lies beside the checkout, else a made-up one of that size."""
    if OFFICIAL.is_file():
        return OFFICIAL
    file = folder / "mouvements.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(COLUMNS)
        rows.writerows(_made_up_rows())
    return file


def _made_up_rows() -> Iterator[tuple[str, ...]]:
    """Mergers of the seventies: a commune that is no more into one that still lives."""
    folder = settings.BEFFROI_COG_PATH
    oldest = read_edition(folder, min(available_vintages(folder)))
    for number, (code, row) in enumerate(list(oldest.communes.items())[:MADE_UP_COMMUNES]):
        day, old = f"19{70 + number % 9}-0{1 + number % 9}-01", f"Z{number:04}"
        into = ("COM", code, row.name)
        yield day, "33", "COM", old, f"Ancienne {number}", *into
        yield day, "33", "COM", old, f"Ancienne {number}", "COMA", old, f"Ancienne {number}"
        yield day, "33", *into, *into


_CHILD = """
import resource, sys
from pathlib import Path
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from beffroi.foundations.territories.actions import import_cog
call_command("migrate", verbosity=0)
import_cog(
    folder=settings.BEFFROI_COG_PATH, movements=Path(sys.argv[1]), imported_at=timezone.now()
)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def _peak_megabytes(movements: Path) -> float:
    """The most memory that a process of its own holds while it imports everything."""
    with tempfile.TemporaryDirectory() as name:
        address = f"sqlite:///{name}/child.sqlite3"
        script = f"import os; os.environ['BEFFROI_DATABASE_URL'] = {address!r}\n{_CHILD}"
        said = subprocess.run(
            [sys.executable, "-c", script, str(movements)],
            check=True,
            capture_output=True,
            text=True,
            cwd=ROOT,
        ).stdout
    kilobytes = int(said.split()[-1])
    return kilobytes * 1024 / 1_000_000

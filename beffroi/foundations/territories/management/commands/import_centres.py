"""`beffroi import_centres FILE.geojson`: where communes, or EPCI, stand on the map."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from beffroi.foundations.money import format_number

from ...actions import CentresReport, import_centres
from ...centres_file import UnreadableCentres

_WORDS = {
    "created": "créés",
    "updated": "déplacés",
    "unchanged": "inchangés",
    "duplicate": "en double",
    "refused": "refusés",
}


class Command(BaseCommand):
    help = "Place les communes (insee_com, CODGEO) ou les EPCI (siren_epci) d’un fichier GeoJSON."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="FICHIER")
        parser.add_argument("--dry-run", action="store_true", help="montre, n’écrit rien")
        parser.add_argument(
            "--partial", action="store_true", help="écrit les bons points, laisse les autres"
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["path"]
        if not path.is_file():
            raise CommandError(f"{path}\u00a0: aucun fichier de ce nom.", returncode=2)
        try:
            report = import_centres(
                path=path,
                imported_at=timezone.now(),
                is_partial=options["partial"],
                is_dry_run=options["dry_run"],
            )
        except UnreadableCentres as refused:
            self.stderr.write(str(refused))
            sys.exit(1)
        for point in report.refused:
            self.stderr.write(
                f"{path.name}, point {point.number}, «\u00a0{point.code}\u00a0»\u00a0: "
                f"{point.reason}"
            )
        is_json = options["format"] == "json"
        self.stdout.write(_as_json(path, report) if is_json else _as_text(path, report))
        if report.refused and not options["partial"]:
            sys.exit(1)


def _as_json(path: Path, report: CentresReport) -> str:
    content = {
        "file": path.name,
        "kind": report.kind.value,
        "written": report.is_written,
        "counts": report.counts,
        "refused": [{"file": path.name} | point._asdict() for point in report.refused],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _as_text(path: Path, report: CentresReport) -> str:
    counts = [f"{format_number(report.counts[name])} {word}" for name, word in _WORDS.items()]
    end = "" if report.is_written else "\nRien n’a été écrit."
    return f"{path.name}, points ({report.kind.value})\u00a0: {', '.join(counts)}.{end}"

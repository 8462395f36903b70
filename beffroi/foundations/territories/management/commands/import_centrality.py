"""`beffroi import_centrality FILE.csv`: the level of centrality of each commune."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from beffroi.foundations.dates import format_date, parse_date
from beffroi.foundations.money import format_number

from ...actions import CentralityReport, import_centrality
from ...actions.import_centrality import UndatedCentrality
from ...centrality_file import UnreadableCentrality

_WORDS = {
    "created": "créées",
    "updated": "modifiées",
    "unchanged": "inchangées",
    "undefined": "sans niveau",
    "duplicate": "en double",
    "refused": "refusées",
}


class Command(BaseCommand):
    help = "Charge le niveau de centralité des communes (insee_com, lib_com, niveau_centralite)."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="FICHIER")
        parser.add_argument(
            "--as-of",
            type=_day,
            metavar="DATE",
            help="jour à partir duquel ces niveaux valent (par défaut\u00a0: l’année du fichier)",
        )
        parser.add_argument("--dry-run", action="store_true", help="montre, n’écrit rien")
        parser.add_argument(
            "--partial", action="store_true", help="écrit les bonnes lignes, laisse les autres"
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["path"]
        if not path.is_file():
            raise CommandError(f"{path}\u00a0: aucun fichier de ce nom.", returncode=2)
        try:
            report = import_centrality(
                path=path,
                imported_at=timezone.now(),
                as_of=options["as_of"],
                is_partial=options["partial"],
                is_dry_run=options["dry_run"],
            )
        except (UnreadableCentrality, UndatedCentrality) as refused:
            self.stderr.write(str(refused))
            sys.exit(1)
        for row in report.refused:
            self.stderr.write(
                f"{path.name}, ligne {row.line}, {row.column}, «\u00a0{row.value}\u00a0»\u00a0: "
                f"{row.reason}"
            )
        is_json = options["format"] == "json"
        self.stdout.write(_as_json(path, report) if is_json else _as_text(path, report))
        if report.refused and not options["partial"]:
            sys.exit(1)


def _day(text: str) -> date:
    try:
        return parse_date(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _as_json(path: Path, report: CentralityReport) -> str:
    content = {
        "file": path.name,
        "as_of": report.as_of and str(report.as_of),
        "written": report.is_written,
        "counts": report.counts,
        "refused": [{"file": path.name} | row._asdict() for row in report.refused],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _as_text(path: Path, report: CentralityReport) -> str:
    since = f"à partir du {format_date(report.as_of)}" if report.as_of else "sans date"
    counts = [f"{format_number(report.counts[name])} {word}" for name, word in _WORDS.items()]
    end = "" if report.is_written else "\nRien n’a été écrit."
    return f"{path.name}, niveaux de centralité {since}\u00a0: {', '.join(counts)}.{end}"

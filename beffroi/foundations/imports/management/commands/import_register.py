"""`beffroi import_register PATH [--dry-run] [--partial] [--format json]`."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from beffroi.foundations.imports.actions import import_files
from beffroi.foundations.imports.printing import refusal_line, report_text


class Command(BaseCommand):
    """Reads the follow-up files of a programme into its register."""

    help = "Reprend un fichier de suivi, ou un dossier de fichiers de suivi."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="fichier CSV, Excel ou ODS, ou dossier")
        parser.add_argument("--dry-run", action="store_true", help="montre, n’écrit rien")
        parser.add_argument(
            "--partial",
            action="store_true",
            help="écrit les bonnes lignes et garde les autres au bureau, à corriger",
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import, report, and exit with 1 when something is refused that nothing keeps."""
        path: Path = options["path"]
        if not path.exists():
            raise CommandError(f"{path} : ni fichier ni dossier de ce nom.", returncode=2)
        now = timezone.now()
        report = import_files(
            path=path.resolve(),
            today=timezone.localdate(now),
            at=now,
            is_partial=options["partial"],
            is_dry_run=options["dry_run"],
        )
        for remark in report.refused:
            self.stderr.write(refusal_line(remark))
        if options["format"] == "json":
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
        else:
            self.stdout.write(report_text(report))
        if report.refused_files or (report.has_refusals and not options["partial"]):
            sys.exit(1)

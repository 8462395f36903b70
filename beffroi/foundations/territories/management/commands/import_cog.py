"""`beffroi import_cog`: load the official geography from the installed packages."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from ...actions import CogReport, import_cog
from ...cog_packages import CogRefused
from ...reporting import report_as_json, report_as_text


class Command(BaseCommand):
    help = "Charge la géographie officielle (communes, EPCI, départements, régions, populations)."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--vintage",
            type=int,
            action="append",
            metavar="AAAA",
            help="millésime à charger, répétable (par défaut\u00a0: tous ceux qui sont installés)",
        )
        parser.add_argument(
            "--movements",
            type=Path,
            metavar="FICHIER",
            help="événements survenus aux communes depuis 1943 (CSV de l’Insee)",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="montre ce qui changerait, communes suivies en tête, et n’écrit rien",
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *_args: Any, **options: Any) -> None:
        file: Path | None = options.get("movements")
        if file and not file.is_file():
            raise CommandError(f"{file}\u00a0: aucun fichier de ce nom.", returncode=2)
        try:
            report = _run_with_progress(options)
        except CogRefused as refused:
            self.stderr.write(str(refused))
            sys.exit(1)
        if options["format"] == "json":
            self.stdout.write(json.dumps(report_as_json(report), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(report_as_text(report)))


def _run_with_progress(options: dict[str, Any]) -> CogReport:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns,
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as progress:
        task = progress.add_task("géographie officielle", total=None)
        return import_cog(
            folder=settings.BEFFROI_COG_PATH,
            imported_at=timezone.now(),
            years=options.get("vintage"),
            movements=options.get("movements"),
            dry_run=options.get("dry_run", False),
            announce=lambda step, done, total: progress.update(
                task, description=step, completed=done, total=total
            ),
        )

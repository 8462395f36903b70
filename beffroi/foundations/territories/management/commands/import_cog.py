"""`beffroi import_cog`: load the official geography from the installed packages."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from beffroi.foundations.money import format_number

from ...actions import CogReport, import_cog
from ...cog_packages import CogRefused


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

    def handle(self, *_args: Any, vintage: list[int] | None = None, **_options: Any) -> None:
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
            try:
                report = import_cog(
                    folder=settings.BEFFROI_COG_PATH,
                    imported_at=timezone.now(),
                    years=vintage,
                    announce=lambda step, done, total: progress.update(
                        task, description=step, completed=done, total=total
                    ),
                )
            except CogRefused as refused:
                progress.stop()
                self.stderr.write(str(refused))
                sys.exit(1)
        self.stdout.write("\n".join(summary(report)))


def summary(report: CogReport) -> list[str]:
    """The report in French, one line per table."""
    years = ", ".join(map(str, report.years))
    lines = [f"Géographie officielle, millésimes chargés\u00a0: {years}."]
    for name, tally in report.tallies.items():
        counts = [
            f"{format_number(tally.created)} créées",
            f"{format_number(tally.closed)} closes",
            f"{format_number(tally.redated)} redatées",
            f"{format_number(tally.removed)} retirées",
            f"{format_number(tally.unchanged)} inchangées",
        ]
        lines.append(f"  {name} (lignes)\u00a0: {', '.join(counts)}")
    lines.append(
        f"{report.years[-1]}\u00a0: {format_number(report.town_count)} communes, "
        f"{format_number(report.intercommunality_count)} EPCI."
    )
    if not report.has_changed:
        lines.append("Rien n’a changé.")
    return lines

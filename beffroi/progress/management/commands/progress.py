"""`beffroi progress`: every figure of a day, with its definition, or what changed since another."""

from __future__ import annotations

import io
import json
import shutil
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.table import Table

from beffroi.foundations.dates import format_date, parse_date

from ...queries import Progress, compare_days, measure_progress
from ...rules import format_figure, format_fraction
from ...wording import REFUSALS, TERRITORY_HELP, word_refusal
from ...written.changes import write_changes_json
from ...written.changes_text import write_changes_text
from ...written.files import measured


class Command(BaseCommand):
    """Print the figures of a day, or what changed since an earlier one: French table or JSON."""

    help = "Les chiffres du programme à une date, avec leurs définitions."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the day, the territory and the form."""
        parser.add_argument("--as-of", required=True, help="date des chiffres : 2022-09-23")
        parser.add_argument("--territory", help=TERRITORY_HELP)
        parser.add_argument("--since", help="comparer avec ce jour, antérieur : 2022-06-30")
        parser.add_argument("--format", choices=("text", "json"), default="text", dest="form")

    def handle(self, **options: Any) -> None:
        """Measure, then print."""
        try:
            self.stdout.write(_written(**options))
        except (*REFUSALS, ValueError) as refusal:
            raise CommandError(word_refusal(refusal)) from refusal


def _written(
    *, as_of: str, since: str | None, territory: str | None, form: str, **_options: Any
) -> str:
    day = parse_date(as_of)
    if since is None:
        progress = measure_progress(as_of=day, territory=territory, with_rows=False)
        return _as_json(progress) if form == "json" else _as_table(progress)
    comparison = compare_days(as_of=day, since=parse_date(since), territory=territory)
    if form == "json":
        return write_changes_json(comparison)
    return write_changes_text(comparison, width=_width())


def _as_json(progress: Progress) -> str:
    report = {
        "as_of": progress.as_of.isoformat(),
        "territory": str(progress.territory),
        "indicators": measured(progress.figures),
    }
    return json.dumps(report, ensure_ascii=False, indent=1)


def _as_table(progress: Progress) -> str:
    title = f"Point d’avancement au {format_date(progress.as_of)} – {progress.territory.name}"
    table = Table(title=title, show_lines=True, expand=True)
    table.add_column("Chiffre", ratio=2)
    table.add_column("Valeur", justify="right", no_wrap=True)
    table.add_column("Rapport", justify="right", max_width=15)
    table.add_column("Définition", ratio=4)
    for figure in progress.figures:
        table.add_row(
            figure.label, format_figure(figure), format_fraction(figure), figure.full_definition
        )
    console = Console(file=io.StringIO(), width=_width(), color_system=None)
    with console.capture() as text:
        console.print(table)
    return text.get()


def _width() -> int:
    return max(shutil.get_terminal_size((120, 24)).columns, 80)

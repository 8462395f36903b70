"""`beffroi progress_report`: a frozen report as a file, the same to the byte each time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...queries import get_snapshot
from ...wording import REFUSALS, word_refusal
from ...written.forms import FORMS, write_report


class Command(BaseCommand):
    """Write a frozen report to a file."""

    help = "Régénère à l’octet près un point d’avancement figé."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the report, its form and its file."""
        parser.add_argument("reference", help="par exemple 2022-09-23-national-r1")
        parser.add_argument("--format", choices=tuple(FORMS), required=True, dest="form")
        parser.add_argument("--output", type=Path, required=True, help="fichier à écrire")

    def handle(self, **options: Any) -> None:
        """Find the report, then write it."""
        try:
            snapshot = get_snapshot(options["reference"])
            options["output"].write_bytes(write_report(snapshot, options["form"]))
        except REFUSALS as refusal:
            raise CommandError(word_refusal(refusal)) from refusal
        except OSError as refusal:
            raise CommandError(f"Fichier non écrit : {refusal.strerror}.") from refusal

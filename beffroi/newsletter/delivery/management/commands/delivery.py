"""The ledger of one mailing."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...queries import find_mailing, ledger, ledger_line


class Command(BaseCommand):
    """Print who stands where: `beffroi delivery 17 [--format json]`."""

    help = "Affiche le registre d’envoi d’une lettre."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, metavar="NUMÉRO")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *_args: Any, **options: Any) -> None:
        mailing = find_mailing(options["number"])
        if mailing is None:
            raise CommandError(f"L’envoi de la lettre {options['number']} n’est pas ouvert.")
        counts = ledger(mailing)
        if options["format"] == "json":
            self.stdout.write(json.dumps(asdict(counts), ensure_ascii=False))
        else:
            self.stdout.write(ledger_line(counts))

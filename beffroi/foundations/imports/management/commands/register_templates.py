"""`beffroi register_templates FOLDER`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from beffroi.foundations.imports.declarations import follow_up_files
from beffroi.foundations.imports.filling_in import write_template


class Command(BaseCommand):
    """Writes an empty Excel workbook per follow-up file, with its rules and explanations."""

    help = "Écrit un modèle Excel par fichier de suivi, à remplir puis à reprendre."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="dossier où écrire, créé s’il manque")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write each template and say where."""
        folder: Path = options["folder"]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for declared in follow_up_files().values():
                path = folder / f"modele-{declared.name}.xlsx"
                with path.open("wb") as out:
                    write_template(out, declared=declared)
                self.stdout.write(str(path))
        except OSError as failure:
            reason = f"{failure.filename or folder} : écriture impossible ({failure.strerror})."
            raise CommandError(reason, returncode=1) from None

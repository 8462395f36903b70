"""`beffroi export_register FOLDER [--format csv|xlsx|ods] [--file NAME]`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from beffroi.foundations.imports.declarations import follow_up_files
from beffroi.foundations.imports.exporting import export_file, file_name
from beffroi.foundations.imports.files import Format
from beffroi.foundations.imports.outgoing import OutgoingPlaces
from beffroi.foundations.mandates.queries import NATIONAL


class Command(BaseCommand):
    """Writes the register as follow-up files, which an import reads back without a change."""

    help = "Écrit le registre en fichiers de suivi, que la reprise relit sans rien changer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="dossier où écrire, créé s’il manque")
        parser.add_argument("--format", choices=[*Format], default=Format.CSV)
        parser.add_argument(
            "--file",
            action="append",
            choices=[*follow_up_files()],
            help="un seul fichier de suivi ; se répète pour en nommer plusieurs",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write each file and say where."""
        folder: Path = options["folder"]
        fmt = Format(options["format"])
        places = OutgoingPlaces(today=timezone.localdate())
        declared = follow_up_files()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name in options["file"] or declared:
                path = folder / file_name(declared[name], fmt)
                with path.open("wb") as out:
                    export_file(
                        out, declared=declared[name], scope=NATIONAL, places=places, fmt=fmt
                    )
                self.stdout.write(str(path))
        except OSError as failure:
            raise CommandError(
                f"{failure.filename or folder} : écriture impossible ({failure.strerror}).",
                returncode=1,
            ) from None

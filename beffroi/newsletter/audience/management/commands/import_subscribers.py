"""`beffroi import_subscribers FILE.csv [--format json]`."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ...actions import ImportRefused, import_subscribers
from ...actions.import_subscribers import ImportReport
from ...lists import UnreadableList, read_list

_WORDS = {
    "created": "créés",
    "updated": "mis à jour",
    "unchanged": "inchangés",
    "suppressed": "retirés",
    "duplicate": "doublons",
    "refused": "refusés",
}


class Command(BaseCommand):
    """Exit 0 done, 1 refused (each line said on stderr), 2 misuse."""

    help = "Abonne les adresses d’un fichier CSV, dont la colonne se nomme « adresse »."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, where it comes from, and how to report."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", default="", help="D’où vient la liste (preuve conservée).")
        parser.add_argument(
            "--basis",
            default="consentement recueilli auparavant, selon l’auteur de l’import",
            help="Base légale (preuve conservée).",
        )
        parser.add_argument("--partial", action="store_true", help="Écrire les bonnes lignes.")
        parser.add_argument("--dry-run", action="store_true", help="Ne rien écrire.")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read the file, import it, report."""
        file: Path = options["file"]
        try:
            report = import_subscribers(
                rows=read_list(file),
                source=options["source"] or file.name,
                legal_basis=options["basis"],
                imported_at=timezone.now(),
                partial=options["partial"],
                dry_run=options["dry_run"],
            )
        except OSError as error:
            raise CommandError(f"{file} : {error.strerror}", returncode=2) from None
        except UnreadableList as unreadable:
            raise CommandError(f"{file.name} : {unreadable}", returncode=1) from None
        except ImportRefused as refused:
            self._write(file, refused.report, options["format"])
            raise CommandError("rien n’a été écrit", returncode=1) from None
        self._write(file, report, options["format"])

    def _write(self, file: Path, report: ImportReport, form: str) -> None:
        for row in report.refused:
            self.stderr.write(
                f"{file.name} ligne {row.line}, {row.column} « {row.value} » : {row.reason}"
            )
        if form == "json":
            refused = [
                {
                    "file": file.name,
                    "line": row.line,
                    "column": row.column,
                    "value": row.value,
                    "reason": row.reason,
                }
                for row in report.refused
            ]
            answer = {"files": {file.name: report.counts()}, "refused": refused}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        counts = ", ".join(f"{number} {_WORDS[kind]}" for kind, number in report.counts().items())
        self.stdout.write(f"{file.name} : {counts}")

"""`beffroi import_letter`: a past letter in Markdown becomes an issue of the archive."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import shorten
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from beffroi.foundations.dates import format_date
from beffroi.newsletter.issues.actions.import_letter import (
    ImportedLetter,
    IssueExists,
    NewsletterMissing,
    import_letter,
)
from beffroi.newsletter.issues.blocks import ItemsBlock
from beffroi.newsletter.issues.letter_markdown import (
    MAX_BYTES,
    LetterUnreadable,
    MastheadMissing,
    Placeholder,
    decode_letter,
)

FOOT = "pied de la lettre"
WIDTH = 60


class Command(BaseCommand):
    help = "Fait d’une lettre passée, en Markdown, un numéro publié des archives."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FICHIER.md", help="la lettre à reprendre")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            source = decode_letter(read_file(options["file"]))
            imported = import_letter(source=source, imported_at=timezone.now())
        except (LetterUnreadable, MastheadMissing, NewsletterMissing, IssueExists) as refused:
            self.stderr.write(f"{options['file']}\u00a0: {refused}")
            sys.exit(1)
        if options["format"] == "json":
            self.stdout.write(json.dumps(summary(imported), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(report(imported)))


def read_file(path: Path) -> bytes:
    """The bytes of a file, one more than allowed at most. Raises LetterUnreadable."""
    if not path.exists():
        raise LetterUnreadable("le fichier est introuvable")
    if not path.is_file():
        raise LetterUnreadable("ce n’est pas un fichier")
    try:
        with path.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as refused:
        reason = refused.strerror or "raison inconnue"
        raise LetterUnreadable(f"le fichier ne peut pas être lu ({reason})") from refused


def summary(imported: ImportedLetter) -> dict[str, Any]:
    """What a program reads of an import."""
    return {
        "number": imported.letter.number,
        "date": imported.letter.issued_on.isoformat(),
        "sections": [
            {
                "title": section.title,
                "items": [{"type": item.kind, "title": item.heading} for item in section.items],
            }
            for section in imported.sections
        ],
        "links": imported.links,
        "placeholders": [
            {"section": missing.section, "item": missing.item, "label": missing.label}
            for missing in imported.placeholders
        ],
    }


def report(imported: ImportedLetter) -> Iterator[str]:
    """What a person reads of an import."""
    letter = imported.letter
    outcome = "repris" if imported.is_new else "déjà repris de ce même texte, inchangé"
    yield f"Numéro {letter.number} du {format_date(letter.issued_on)}\u00a0: {outcome}."
    yield (
        f"{_count(len(letter.sections), 'rubrique')}, {_count(imported.items, 'élément')}, "
        f"{_count(imported.links, 'lien')}."
    )
    labels = {name: str(block.label) for name, block in ItemsBlock().child_blocks.items()}
    width = max(map(len, labels.values()))
    for section in letter.sections:
        yield f"\n{section.title or FOOT.capitalize()}"
        for item in section.items:
            yield f"  {labels[item.kind]:{width}}  {item.heading}".rstrip()
    if imported.placeholders:
        yield f"\nLiens sans adresse ({len(imported.placeholders)})\u00a0:"
        for missing in imported.placeholders:
            yield f"  {_where(missing)}\u00a0: « {_short(missing.label)} »"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' if number > 1 else ''}"


def _where(missing: Placeholder) -> str:
    return " › ".join(filter(None, (missing.section or FOOT, _short(missing.item))))


def _short(text: str) -> str:
    return shorten(text, WIDTH, placeholder="…")

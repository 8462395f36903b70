"""`beffroi render_issue NUMBER --format …`: an issue as its readers will get it."""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from beffroi.newsletter.issues.envelope import sample_message
from beffroi.newsletter.issues.queries import UnknownIssue, get_issue
from beffroi.newsletter.issues.rendering import UnreadableMail, render_issue


class Command(BaseCommand):
    """Writes the bytes to the standard output, and nothing else."""

    help = "Écrit un numéro de la lettre tel que ses abonnés le recevront."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, metavar="NUMÉRO")
        parser.add_argument("--format", choices=("html", "text", "eml", "mjml"), default="html")
        parser.add_argument("--territory", help="pas encore disponible")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        if options["territory"]:
            raise CommandError(
                "Les variantes par territoire n’existent pas encore : retirez --territory.",
                returncode=2,
            )
        try:
            content = _content(options["number"], options["format"])
        except (UnknownIssue, UnreadableMail) as refused:
            raise CommandError(str(refused)) from refused
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def _content(number: int, form: str) -> bytes:
    issue = get_issue(number)
    if form == "eml":
        return sample_message(issue, site_url=settings.BEFFROI_SITE_URL, at=timezone.now())
    rendered = render_issue(issue, site_url=settings.BEFFROI_SITE_URL)
    text: str = getattr(rendered, form)
    return text.encode()

"""`beffroi freeze_progress`: freeze the figures of a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from beffroi.foundations.dates import format_date, parse_date

from ...actions import freeze_snapshot, publish_snapshot
from ...models import Snapshot
from ...wording import REFUSALS, TERRITORY_HELP, word_refusal


class Command(BaseCommand):
    """Freeze a report; its reference is the last line."""

    help = "Fige un point d’avancement et imprime sa référence sur la dernière ligne."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the day, the territory and the reason of a revision."""
        parser.add_argument("--as-of", required=True, help="date des chiffres : 2022-09-23")
        parser.add_argument("--territory", help=TERRITORY_HELP)
        parser.add_argument("--reason", default="", help="motif, pour réviser un point déjà figé")

        parser.add_argument(
            "--unpublished", action="store_true", help="figer sans publier : le bureau publiera"
        )

    def handle(self, **options: Any) -> None:
        """Freeze, then print the reference."""
        now = timezone.now()
        try:
            snapshot = freeze_snapshot(
                as_of=parse_date(options["as_of"]),
                territory=options["territory"],
                frozen_at=now,
                reason=options["reason"],
            )
            if not options["unpublished"]:
                publish_snapshot(reference=snapshot.reference, published_at=now)
        except (*REFUSALS, ValueError) as refusal:
            raise CommandError(word_refusal(refusal)) from refusal
        self.stdout.write(_said(snapshot, is_new=snapshot.frozen_at == now))
        self.stdout.write(snapshot.reference)


def _said(snapshot: Snapshot, *, is_new: bool) -> str:
    what = f"au {format_date(snapshot.as_of)}, {snapshot.territory_name}"
    if not is_new:
        return f"Point d’avancement {what} : déjà figé, chiffres identiques."
    return f"Point d’avancement {what} : figé, révision {snapshot.revision}."

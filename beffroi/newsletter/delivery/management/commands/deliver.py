"""Resume the mailings that are open."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...actions import ContentChanged, NotYetDue
from ...console import deliver_in_terminal, summary
from ...models import Mailing
from ...queries import find_mailing, running_mailings


class Command(BaseCommand):
    """Submit what is due: `beffroi deliver [17] [--wait]`."""

    help = "Reprend les envois ouverts, ou celui d’une seule lettre."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, nargs="?", metavar="NUMÉRO")
        parser.add_argument(
            "--wait", action="store_true", help="rester jusqu’à ce que plus personne n’attende"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        refused = []
        for mailing in _chosen(options["number"]):
            try:
                reason = self._deliver(mailing, wait=options["wait"])
            except NotYetDue as early:
                # A scheduled letter is no fault of whoever resumes all that is open.
                reason = str(early) if options["number"] else ""
            if reason:
                refused.append(f"Lettre {mailing.number} : {reason}")
        if refused:
            raise CommandError("\n".join(refused))

    def _deliver(self, mailing: Mailing, *, wait: bool) -> str:
        """Work at one mailing; why it could not go on, or nothing. Raises NotYetDue."""
        try:
            delivery = deliver_in_terminal(mailing, wait=wait)
        except ContentChanged as refused:
            return str(refused)
        *before, line = summary(delivery)
        for sentence in before:
            self.stderr.write(sentence)
        self.stdout.write(line)
        return "l’envoi est suspendu." if delivery.is_halted else ""


def _chosen(number: int | None) -> list[Mailing]:
    if number is None:
        return list(running_mailings())
    mailing = find_mailing(number)
    if mailing is None:
        raise CommandError(f"L’envoi de la lettre {number} n’est pas ouvert.")
    return [mailing]

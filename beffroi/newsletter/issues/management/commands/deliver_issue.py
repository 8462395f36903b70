"""`beffroi deliver_issue NUMBER`: open the mailing of an approved issue and deliver it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from beffroi.newsletter.delivery.actions import (
    ContentChanged,
    EmptyAudience,
    NotApproved,
    NotYetDue,
)
from beffroi.newsletter.delivery.console import deliver_in_terminal, summary
from beffroi.newsletter.delivery.models import Mailing
from beffroi.newsletter.delivery.queries import find_mailing

from ...actions.deliver_issue import NotScheduled, release_issue
from ...queries import UnknownIssue, get_issue


class Command(BaseCommand):
    """Refused unless two people approved the very letter that would leave."""

    help = "Envoie un numéro approuvé par deux personnes ; reprend un envoi interrompu."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, metavar="NUMÉRO")
        parser.add_argument(
            "--wait", action="store_true", help="rester jusqu’à ce que plus personne n’attende"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        mailing = _open_or_find(options["number"])
        try:
            delivery = deliver_in_terminal(mailing, wait=options["wait"])
        except (NotYetDue, ContentChanged) as refused:
            raise CommandError(str(refused)) from None
        *before, line = summary(delivery)
        for sentence in before:
            self.stderr.write(sentence)
        self.stdout.write(line)
        if delivery.is_halted:
            raise CommandError("L’envoi est suspendu : corrigez, puis relancez la commande.")


def _open_or_find(number: int) -> Mailing:
    """The mailing of that issue, opened now unless it was before; a refusal words itself."""
    try:
        issue = get_issue(number)
        return find_mailing(number) or release_issue(issue_id=issue.pk, opened_at=timezone.now())
    except UnknownIssue as unknown:
        raise CommandError(str(unknown)) from None
    except NotScheduled:
        raise CommandError(f"Le numéro {number} n’a pas de date d’envoi.") from None
    except NotApproved:
        raise CommandError(
            f"Le numéro {number} n’est pas approuvé par deux personnes dans sa version "
            "actuelle : rien n’est parti."
        ) from None
    except EmptyAudience:
        raise CommandError("Personne n’est abonné : il n’y a rien à envoyer.") from None

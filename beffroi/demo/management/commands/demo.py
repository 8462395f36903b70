"""`beffroi demo`: the main job from end to end on made-up data, then the site."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console

from beffroi.newsletter.delivery.queries import ledger_line

from ...mailbox import PortTaken, open_mailbox
from ...play import DatabaseInUse, Played, play, summary_lines
from ...serve import serve

PORT_TAKEN = (
    "Le port {port} est déjà pris : une démonstration tourne-t-elle déjà ? Arrêtez-la, ou donnez "
    "un autre port avec BEFFROI_EMAIL_URL=smtp://127.0.0.1:PORT."
)


class Command(BaseCommand):
    """Plays every step with the product's own actions; may be run again safely."""

    help = "Joue le travail principal sur un programme inventé, puis sert le site."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="s’arrête après le résumé")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.BEFFROI_DEMONSTRATION:
            raise CommandError("Lancez « make demo », ou donnez BEFFROI_DEMONSTRATION=true.")
        console = Console(highlight=False)
        folder = settings.BEFFROI_VAR / "demo"
        host, port = settings.EMAIL_HOST, settings.EMAIL_PORT
        try:
            with open_mailbox(folder / "boite", host=host, port=port):
                _tell(console, play(folder=folder, console=console))
                if not options["once"]:
                    serve(console)
        except PortTaken:
            raise CommandError(PORT_TAKEN.format(port=port)) from None
        except DatabaseInUse as refused:
            raise CommandError(str(refused)) from None


def _tell(console: Console, played: Played) -> None:
    """The summary; its last line closes the ledger."""
    console.print("\n[bold]Démonstration : programme inventé sur de vraies communes.[/]")
    lines = summary_lines(played)
    width = max(len(label) for label, _ in lines)
    for label, value in lines:
        console.print(f"{label:<{width}}  {value}", soft_wrap=True)
    console.print(f"\n{ledger_line(played.ledger)}", soft_wrap=True)

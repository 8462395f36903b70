"""`beffroi forget_unconfirmed`, to be run once a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ...actions import forget_unconfirmed


class Command(BaseCommand):
    """Keeps what the sign-up page promises."""

    help = "Efface les adresses dont l'inscription n'a pas été confirmée en trente jours."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Forget, and say how many."""
        forgotten = forget_unconfirmed(at=timezone.now())
        self.stdout.write(f"{forgotten} adresse(s) jamais confirmée(s) effacée(s)")

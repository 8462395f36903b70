"""`beffroi forget_readers`, to be run once a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ...actions import forget_unconfirmed, forget_withdrawn


class Command(BaseCommand):
    """Keeps what the sign-up page promises."""

    help = "Efface les inscriptions jamais confirmées (30 jours) et les désinscrits (3 ans)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Forget both kinds, and say how many."""
        at = timezone.now()
        unconfirmed, withdrawn = forget_unconfirmed(at=at), forget_withdrawn(at=at)
        self.stdout.write(
            f"effacés : {unconfirmed} jamais confirmé(s), {withdrawn} désinscrit(s) de longue date"
        )

"""`beffroi forget_holders`, to be run once a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from beffroi.foundations.audit.actions import Authorship

from ...actions import erase_former_holders


class Command(BaseCommand):
    """Keeps what the declaration of personal data promises."""

    help = "Efface le nom et les coordonnées des chefs de projet partis depuis deux ans."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Erase, and say how many."""
        at = timezone.now()
        by = Authorship(at=at, reason="Durée de conservation atteinte")
        erased = erase_former_holders(on=timezone.localtime(at).date(), by=by)
        self.stdout.write(f"effacés : {erased} titulaire(s)")

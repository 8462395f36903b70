"""`beffroi tick`: do what is due today."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ...declarations import Duty, declared_duties

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Does every declared duty; exits 1 when one of them failed, once the others are done."""

    help = (
        "Fait ce qui est dû aujourd’hui\u00a0: rappels, résumés. À lancer chaque jour, sans danger."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        names = [duty.name for duty in declared_duties()]
        parser.add_argument("--only", choices=names, help="une seule de ces tâches")

    def handle(self, *_args: Any, **options: Any) -> None:
        wanted = options.get("only")
        duties = [duty for duty in declared_duties() if wanted in {None, duty.name}]
        now = timezone.now()
        failed = [duty.label for duty in duties if not self._perform(duty, now)]
        if failed:
            raise CommandError(f"Tâches en échec\u00a0: {', '.join(failed)}.")

    def _perform(self, duty: Duty, now: datetime) -> bool:
        try:
            told = duty.perform(now)
        except Exception as failure:  # one duty must not keep the others from being done
            logger.exception("duty %s failed", duty.name)
            self.stderr.write(f"{duty.label}\u00a0: échec ({failure}).")
            return False
        self.stdout.write(f"{duty.label}\u00a0: {told}")
        return True

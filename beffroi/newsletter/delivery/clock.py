"""The time, asked for rather than looked up, so that two days of retries can be tested at once."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Protocol

from django.utils import timezone


class Clock(Protocol):
    """Tells the instant and waits."""

    def now(self) -> datetime:
        """The present instant, with its zone."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait that long."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present instant, with its zone."""
        return timezone.now()

    def sleep(self, seconds: float) -> None:
        """Wait that long."""
        time.sleep(seconds)

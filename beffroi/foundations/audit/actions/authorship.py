"""Who changes the register, when, and why: what every action on it is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ...accounts.models import User


@dataclass(frozen=True, slots=True)
class Authorship:
    """`actor` is empty when the change comes from the command line or a task."""

    at: datetime
    actor: User | None = None
    reason: str = ""

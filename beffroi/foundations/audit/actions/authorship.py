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


class ReasonMissing(ValueError):
    """This change is told with a reason, and none was given."""

    def __init__(self) -> None:
        super().__init__("Indiquez le motif de ce changement.")


def require_reason(by: Authorship) -> None:
    """Raises ReasonMissing where the author gives no reason."""
    if not by.reason.strip():
        raise ReasonMissing

"""The state of the register, by name: it changes with each act.

Every action on the register leaves a line in the trail, and every edition of the geography its
date: the two together name a state of the register, under which readings may be kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db.models import Max

from beffroi.foundations.audit.models import AuditEntry
from beffroi.foundations.territories.models import Vintage


@dataclass(frozen=True, slots=True)
class RegisterState:
    """A short name, and the instant of the last act; None for a register that nobody touched."""

    name: str
    changed_at: datetime | None


def read_state() -> RegisterState:
    """The state of the register now. Two queries."""
    acts = AuditEntry.objects.order_by().aggregate(last=Max("pk"), at=Max("at"))
    geography = Vintage.objects.order_by().aggregate(last=Max("imported_at"))["last"]
    name = sha256(f"{acts['last']} {geography}".encode()).hexdigest()[:16]
    return RegisterState(name, max(filter(None, (acts["at"], geography)), default=None))

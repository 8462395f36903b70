"""What campaigns ask of every day."""

from __future__ import annotations

from datetime import datetime

from beffroi.foundations.duties.declarations import Duty, declare

from .actions import remind_campaigns


def _remind(at: datetime) -> str:
    written = remind_campaigns(at=at)
    return f"{written} courriel{'s' if written > 1 else ''} écrit{'s' if written > 1 else ''}."


declare(Duty("rappels", "Rappels de campagne", _remind))

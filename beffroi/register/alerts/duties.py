"""What alerts ask of every day."""

from __future__ import annotations

from datetime import datetime

from beffroi.foundations.duties.declarations import Duty, declare

from .actions import write_digests


def _write(at: datetime) -> str:
    written = write_digests(at=at)
    return f"{written} courriel{'s' if written > 1 else ''} écrit{'s' if written > 1 else ''}."


declare(Duty("resumes", "Résumés hebdomadaires", _write))

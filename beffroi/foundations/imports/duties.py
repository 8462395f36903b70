"""What this room does every day."""

from __future__ import annotations

from datetime import datetime

from beffroi.foundations.duties.declarations import Duty, declare
from beffroi.foundations.imports.actions import expire_runs


def _forget(at: datetime) -> str:
    return f"reprises restées sans suite et oubliées : {expire_runs(at=at)}"


declare(Duty("reprises", "oublier les fichiers des reprises sans suite", _forget))

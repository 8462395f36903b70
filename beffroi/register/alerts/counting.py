"""How many alerts a person has: counted where they are read, remembered for the menu.

The menu stands on every page of the desk: it never counts by itself.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.core.cache import cache

from beffroi.foundations.mandates.queries import Scope

from .rules import Alert

_SECONDS = 12 * 3600


def remember_count(scope: Scope, alerts: Collection[Alert], *, on: date) -> None:
    """Keep the number for the rest of the day."""
    cache.set(_key(scope, on), len(alerts), _SECONDS)


def remembered_count(scope: Scope, *, on: date) -> int | None:
    """The number last read that day in the same area; None where nobody read it."""
    found: int | None = cache.get(_key(scope, on))
    return found


def _key(scope: Scope, on: date) -> str:
    area = "all" if scope.is_national else "-".join(map(str, sorted(scope.department_ids)))
    return f"alerts:{on}:{area}"

"""What was once read of the register, kept until the register changes.

Readings are kept under the name of a state of the register, so that a change shows at once and
nothing has to be thrown away by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from typing import TypeVar

from django.core.cache import cache

from beffroi.register.state import read_state

# Rows changed by hand in the database leave no trail: they show after this long at the latest.
KEPT_SECONDS = 3600
T = TypeVar("T")


def register_state() -> str:
    """A short name for the state of the register: it changes with each act. Two queries."""
    return read_state().name


def remember(what: str, *, on: date, state: str, read: Callable[[], T], anew: bool = False) -> T:
    """What was read of a day in this state of the register; read once, or again if `anew`."""
    key = sha256(f"register {what} {on} {state}".encode()).hexdigest()
    kept: T | None = None if anew else cache.get(key)
    if kept is None:
        kept = read()
        cache.set(key, kept, KEPT_SECONDS)
    return kept

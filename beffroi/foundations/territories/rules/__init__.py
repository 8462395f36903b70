"""Decisions about codes, dates and the lives of towns. Pure: no clock, no database."""

from .editions import (
    Commune,
    Edition,
    Stretch,
    Succession,
    former_codes,
    identify,
    stretches,
    succeed,
)
from .likeness import Profile, most_alike
from .lives import Bearing, Lineage, Span, bearing_on, restore_zero

__all__ = [
    "Bearing",
    "Commune",
    "Edition",
    "Lineage",
    "Profile",
    "Span",
    "Stretch",
    "Succession",
    "bearing_on",
    "former_codes",
    "identify",
    "most_alike",
    "restore_zero",
    "stretches",
    "succeed",
]

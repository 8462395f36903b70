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
from .lives import Bearing, Lineage, Span, bearing_on, restore_zero

__all__ = [
    "Bearing",
    "Commune",
    "Edition",
    "Lineage",
    "Span",
    "Stretch",
    "Succession",
    "bearing_on",
    "former_codes",
    "identify",
    "restore_zero",
    "stretches",
    "succeed",
]

"""Decisions about codes, dates and the lives of towns. Pure: no clock, no database."""

from .chronicle import Chronicle, Description, Disagreement, department_of, write_chronicle
from .departments import OVERSEAS_COLLECTIVITIES, with_former_departments
from .editions import Commune, Edition, Stretch, Succession, former_codes, stretches
from .likeness import Profile, most_alike
from .lives import Bearing, Lineage, Span, bearing_on, fitted, joined, restore_zero
from .movements import Happening, Movement, happenings
from .timelines import restated

__all__ = [
    "OVERSEAS_COLLECTIVITIES",
    "Bearing",
    "Chronicle",
    "Commune",
    "Description",
    "Disagreement",
    "Edition",
    "Happening",
    "Lineage",
    "Movement",
    "Profile",
    "Span",
    "Stretch",
    "Succession",
    "bearing_on",
    "department_of",
    "fitted",
    "former_codes",
    "happenings",
    "joined",
    "most_alike",
    "restated",
    "restore_zero",
    "stretches",
    "with_former_departments",
    "write_chronicle",
]

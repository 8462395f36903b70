"""The verbs of this room."""

from .award_brownfields import BrownfieldRecord, award_brownfield, award_brownfields
from .record_call import open_edition, record_call

__all__ = [
    "BrownfieldRecord",
    "award_brownfield",
    "award_brownfields",
    "open_edition",
    "record_call",
]

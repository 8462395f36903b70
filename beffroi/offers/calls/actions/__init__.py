"""The verbs of this room."""

from .award_brownfields import BrownfieldRecord, award_brownfields

__all__ = ["BrownfieldRecord", "award_brownfields"]

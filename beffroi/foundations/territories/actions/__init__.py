"""What can be done to the official geography."""

from .compare_states import Difference
from .import_cog import CogReport, import_cog

__all__ = ["CogReport", "Difference", "import_cog"]

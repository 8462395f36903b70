"""What can be done to the official geography."""

from .import_cog import CogReport, import_cog

__all__ = ["CogReport", "import_cog"]

"""The verb of this room."""

from .import_files import import_files

__all__ = ["import_files"]

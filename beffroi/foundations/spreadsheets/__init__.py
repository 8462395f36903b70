"""Tables written for spreadsheets, in which no cell starts a formula."""

from .guards import guard, unguard
from .write import MIME_TYPES, Cell, Format, Rows, trimmed, write_table

__all__ = [
    "MIME_TYPES",
    "Cell",
    "Format",
    "Rows",
    "guard",
    "trimmed",
    "unguard",
    "write_table",
]

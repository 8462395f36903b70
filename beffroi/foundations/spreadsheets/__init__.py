"""Tables written for spreadsheets, in which no cell starts a formula."""

from .guards import guard, unguard
from .open_csv import open_csv_pieces
from .write import MIME_TYPES, Cell, Format, Rows, ods_pieces, trimmed, write_table

__all__ = [
    "MIME_TYPES",
    "Cell",
    "Format",
    "Rows",
    "guard",
    "ods_pieces",
    "open_csv_pieces",
    "trimmed",
    "unguard",
    "write_table",
]

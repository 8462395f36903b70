"""Files as tables of text: what they hold, with line numbers, whatever wrote them."""

from beffroi.foundations.spreadsheets import MIME_TYPES, Cell, Format, trimmed, write_table

from .read import MAX_BYTES, SUFFIXES, FileContent, is_table, read_file
from .tables import Row, Table, Unreadable

__all__ = [
    "MAX_BYTES",
    "MIME_TYPES",
    "SUFFIXES",
    "Cell",
    "FileContent",
    "Format",
    "Row",
    "Table",
    "Unreadable",
    "is_table",
    "read_file",
    "trimmed",
    "write_table",
]

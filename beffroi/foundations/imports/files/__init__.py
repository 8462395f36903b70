"""Files as tables of text: what they hold, with line numbers, whatever wrote them."""

from .read import MAX_BYTES, SUFFIXES, FileContent, is_table, read_file
from .tables import Row, Table, Unreadable

__all__ = [
    "MAX_BYTES",
    "SUFFIXES",
    "FileContent",
    "Row",
    "Table",
    "Unreadable",
    "is_table",
    "read_file",
]

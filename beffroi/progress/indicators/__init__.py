"""Key figures: the facts of a day, the declarations that measure them, the rows they open. Pure."""

from .declarations import BY_CODE, INDICATORS, Indicator, measure_all, read_all
from .facts import Facts, Record, Signature, Towns
from .tables import TABLES, Column, Table

__all__ = [
    "BY_CODE",
    "INDICATORS",
    "TABLES",
    "Column",
    "Facts",
    "Indicator",
    "Record",
    "Signature",
    "Table",
    "Towns",
    "measure_all",
    "read_all",
]

"""Key figures: the facts of a day, the declarations that measure them, the rows they open. Pure."""

from .declarations import (
    BY_CODE,
    INDICATORS,
    Definition,
    Indicator,
    Rated,
    count_rows,
    measure_all,
    read_all,
)
from .facts import Facts, Signature
from .rows import Listed, Record, Rows, Tallied, Tally, Towns
from .tables import TABLES, Column, Table

__all__ = [
    "BY_CODE",
    "INDICATORS",
    "TABLES",
    "Column",
    "Definition",
    "Facts",
    "Indicator",
    "Listed",
    "Rated",
    "Record",
    "Rows",
    "Signature",
    "Table",
    "Tallied",
    "Tally",
    "Towns",
    "count_rows",
    "measure_all",
    "read_all",
]

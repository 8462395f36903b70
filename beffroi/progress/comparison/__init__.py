"""Two reports of one territory compared row by row: what entered, what left, what changed. Pure."""

from .circumstances import Circumstances, Heir
from .compare import compare
from .explain import explain
from .shapes import (
    Cause,
    CellChange,
    Comparison,
    FigureChange,
    Kind,
    Movement,
    Side,
    Why,
)

__all__ = [
    "Cause",
    "CellChange",
    "Circumstances",
    "Comparison",
    "FigureChange",
    "Heir",
    "Kind",
    "Movement",
    "Side",
    "Why",
    "compare",
    "explain",
]

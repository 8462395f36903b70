"""Drawings of a report, from one source for pages (SVG), PDF (SVG) and mail (PNG)."""

from .charts import draw_breakdown, draw_course, draw_small_multiples
from .drawing import Drawing, NothingToDraw, png
from .map import draw_map
from .subjects import PHONE, WIDE, WIDTHS, Subject, available, choices, draw

__all__ = [
    "PHONE",
    "WIDE",
    "WIDTHS",
    "Drawing",
    "NothingToDraw",
    "Subject",
    "available",
    "choices",
    "draw",
    "draw_breakdown",
    "draw_course",
    "draw_map",
    "draw_small_multiples",
    "png",
]

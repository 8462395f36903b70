"""A report as one HTML file that stands alone: no script, nothing read from elsewhere, no clock.

It holds the same cards, courses and tables as the page, with its drawings inside it, and leads
nowhere: what it says, it says wherever it is kept.
"""

from __future__ import annotations

from pathlib import Path

from django.template.loader import render_to_string

from ..report import Report
from .page import write_page

_STYLE = Path(__file__).with_name("standalone.css")


def write_html(report: Report) -> str:
    """The whole report as an accessible document, the same to the byte each time."""
    context = {
        "report": report,
        "page": write_page(report, None),
        "style": _STYLE.read_text(encoding="utf-8"),
    }
    return render_to_string("progress/written/report.html", context)

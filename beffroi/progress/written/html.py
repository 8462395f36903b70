"""A report as one HTML file that stands alone: no script, nothing read from elsewhere, no clock.

It holds the same cards, courses and tables as the page, with its drawings inside it, and leads
nowhere: what it says, it says wherever it is kept.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path

from django.template.loader import render_to_string

from ..presentation import write_instant
from ..report import Partner, Report
from .page import write_page

_STYLE = Path(__file__).with_name("standalone.css")


def write_html(report: Report, *, logos: Mapping[str, bytes]) -> str:
    """The whole report as an accessible document, the same to the byte each time.

    `logos` are the PNG of its partners by fingerprint; who has none here goes by name.
    """
    context = {
        "report": report,
        "page": write_page(report, None),
        "frozen_at": write_instant(report.frozen_at) if report.frozen_at else "",
        "partners": [_embedded(partner, logos) for partner in report.partners],
        "style": _STYLE.read_text(encoding="utf-8"),
    }
    return render_to_string("progress/written/report.html", context)


def _embedded(partner: Partner, logos: Mapping[str, bytes]) -> Partner:
    """The partner with its logo as an address that holds the picture itself."""
    body = logos.get(partner.logo)
    address = f"data:image/png;base64,{b64encode(body).decode()}" if body else ""
    return Partner(partner.name, address)

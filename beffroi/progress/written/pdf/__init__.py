"""A report as an accessible PDF (PDF/UA-1), from the report alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time
from pathlib import Path

from beffroi.foundations.typesetting import typeset

from ...report import Report
from .document import document_of

_LAYOUT = Path(__file__).parent / "layout" / "report.typ"


def write_pdf(report: Report, *, logos: Mapping[str, bytes] | None = None, address: str) -> bytes:
    """The report as PDF, the same bytes each time.

    `logos` are the pictures of its partners, PNG by fingerprint; a partner without one goes by
    name. `address` is where the public reads the report. The file is dated of the freezing, or of
    the day of the figures where they are not frozen.
    """
    noon = datetime.combine(report.as_of, time(12), UTC)
    document = document_of(report, logos=logos or {}, address=address)
    return typeset(_LAYOUT, document, at=report.frozen_at or noon)

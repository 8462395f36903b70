"""A handover as a PDF."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from beffroi.foundations import typesetting

_LAYOUT = Path(__file__).parent / "layout" / "handover.typ"


def typeset(document: Mapping[str, Any], *, on: date) -> bytes:
    """The PDF (PDF/UA-1) of a document. `on` dates it: the same day gives the same file."""
    return typesetting.typeset(_LAYOUT, document, at=datetime.combine(on, time(12), UTC))

"""From a document to an accessible PDF, set by Typst.

The document goes in as JSON: the layout reads values, and no text of the register is ever read as
markup. Only the fonts that Typst carries are used (Libertinus Serif, SIL OFL), so that the same
document gives the same pages on every machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import typst

_LAYOUT = Path(__file__).parent / "layout"


def typeset(document: Mapping[str, Any], *, on: date) -> bytes:
    """The PDF (PDF/UA-1) of a document. `on` dates it: the same day gives the same file."""
    return typst.compile(
        str(_LAYOUT / "handover.typ"),
        root=str(_LAYOUT),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"document": json.dumps(document, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=datetime.combine(on, time(12), UTC),
    )

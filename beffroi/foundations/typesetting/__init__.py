"""From a document to an accessible PDF (PDF/UA-1), set by Typst.

The document goes in as JSON: the layout reads values, and no text of the register is ever read as
markup. Only the fonts that Typst carries are used (Libertinus Serif, SIL OFL), so that the same
document gives the same pages on every machine. `house.typ` holds what layouts share.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

_ROOT = Path(__file__).resolve().parents[2]


def typeset(layout: Path, document: Mapping[str, Any], *, at: datetime) -> bytes:
    """The PDF of a document, set by a layout of this package. `at` dates it: the same instant and
    the same document give the same bytes. Raises typst.TypstError where it is not accessible."""
    return typst.compile(
        str(layout),
        root=str(_ROOT),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"document": json.dumps(document, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=at.replace(microsecond=0),  # Typst takes whole seconds alone
    )

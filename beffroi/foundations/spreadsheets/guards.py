"""Texts that a spreadsheet would take for a formula, kept as texts. Pure.

A text file has no type for a cell: one that begins as a formula does is run when the file is
opened. An apostrophe before it makes it a text; the reader takes that apostrophe off again.
"""

from __future__ import annotations

import re

# The full-width signs are read as the plain ones by spreadsheets set in East Asian languages;
# blanks before a sign are dropped by some of them.
_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_RUNS = re.compile(rf"'*(?:[\t\r\n]|\s*[{_SIGNS}])")


def guard(text: str) -> str:
    """The text with an apostrophe before it where it could start a formula."""
    return f"'{text}" if _RUNS.match(text) else text


def unguard(text: str) -> str:
    """The text as it was before `guard`."""
    return text[1:] if text.startswith("'") and _RUNS.match(text) else text

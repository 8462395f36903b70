"""Keys of rows, as a page sends them back. Pure."""

from __future__ import annotations

from collections.abc import Iterable

_LONGEST = 18  # digits that any table's key holds


def sent_keys(texts: Iterable[str]) -> list[int]:
    """The keys among these texts; what no row could have for its key is left out."""
    return [
        int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) <= _LONGEST
    ]

"""Words compared as a reader would, not as a machine stores them. Pure."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The same for `État`, `ETAT` and ` etat `: no case, accents, spaces or punctuation."""
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
    return "".join(letter for letter in decomposed.casefold() if letter.isalnum())

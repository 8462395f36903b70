"""Past letters, written in a Markdown that often comes from a PDF: read into sections and items.

Pure: from text to values. Nothing that a source says is dropped; what has no better place becomes
a free text where it stood.
"""

from beffroi.newsletter.issues.letter_markdown.letter import read_letter
from beffroi.newsletter.issues.letter_markdown.masthead import MastheadMissing
from beffroi.newsletter.issues.letter_markdown.parts import Item, Letter, Placeholder, Section
from beffroi.newsletter.issues.letter_markdown.source import (
    MAX_BYTES,
    LetterUnreadable,
    decode_letter,
)

__all__ = [
    "MAX_BYTES",
    "Item",
    "Letter",
    "LetterUnreadable",
    "MastheadMissing",
    "Placeholder",
    "Section",
    "decode_letter",
    "read_letter",
]

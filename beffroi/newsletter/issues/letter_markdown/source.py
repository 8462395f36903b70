"""From the bytes of a file to Markdown that a parser reads as a person does."""

from __future__ import annotations

import codecs
import re

MAX_BYTES = 5 * 1024 * 1024

# Line breaks other than "\n", and controls that no text needs.
_BREAKS = re.compile(r"\r\n?|[\f\v\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u200b\u2060\ufeff\u00ad]")
_LEADING_SPACES = re.compile(r"^[ \t]*[\u00a0\u202f][ \t\u00a0\u202f]*", re.MULTILINE)
_MARK_BEFORE_NO_BREAK = re.compile(
    r"^( *(?:#{1,6}|[-*+]|\d{1,9}[.)]))[\u00a0\u202f]+", re.MULTILINE
)
# No letter goes that deep: marks beyond are a converter's, and a parser would stop there.
_QUOTE_OR_BULLET = r"[ \t]*(?:>|[-*+](?=[ \t]))"
_DEEP_MARKS = re.compile(rf"^((?:{_QUOTE_OR_BULLET}){{8}})(?:{_QUOTE_OR_BULLET})+", re.MULTILINE)
_DEEP_INDENT = re.compile(r"^[ \t]{40,}", re.MULTILINE)
_GLUED_HEADING = re.compile(r"^( {0,3}#{2,6})(?=[^#\s])", re.MULTILINE)
_LOOSE_BOLD_LINE = re.compile(
    r"^((?:#{1,6} +|[-+] +)?)\*\*[ \u00a0]*(?=\S)([^*\n]*[^*\s])[ \u00a0]*\*\*[ \u00a0]*$",
    re.MULTILINE,
)


class LetterUnreadable(Exception):
    """The file is not a text that could be a letter; `str()` says why in French."""


def decode_letter(content: bytes) -> str:
    """The text of a file in UTF-8 (with or without BOM), UTF-16 with BOM, or Windows-1252.

    Raises LetterUnreadable for an empty file, for more than MAX_BYTES and for what is not text.
    """
    if len(content) > MAX_BYTES:
        raise LetterUnreadable("le fichier dépasse 5 Mo, une lettre n’en fait pas tant")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _decode(content, "utf-16")
    elif b"\x00" in content:
        raise LetterUnreadable("le fichier n’est pas un texte")
    else:
        text = _decode(content, "utf-8-sig", "cp1252")
    if not text.strip():
        raise LetterUnreadable("le fichier est vide")
    return text


def _decode(content: bytes, *encodings: str) -> str:
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise LetterUnreadable("l’encodage du fichier est inconnu, attendu : UTF-8")


def tidy(source: str) -> str:
    """Markdown freed of what converters leave: odd breaks, no-break spaces where marks stand."""
    text = _CONTROLS.sub("", _BREAKS.sub("\n", source))
    text = _LEADING_SPACES.sub("", text)
    text = _MARK_BEFORE_NO_BREAK.sub(r"\1 ", text)
    text = _DEEP_MARKS.sub(r"\1", _DEEP_INDENT.sub(" " * 40, text))
    text = _GLUED_HEADING.sub(r"\1 ", text)
    return _LOOSE_BOLD_LINE.sub(r"\1**\2**", text)

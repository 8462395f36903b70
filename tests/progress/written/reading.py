"""A PDF read back: its text in French order, and the tags that screen readers follow."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader


def text_of(pdf: bytes) -> str:
    """Every page's text, with one plain space for any run of blanks."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return plain("\n".join(page.extract_text() for page in pages))


def plain(text: str) -> str:
    """The text with one plain space for any run of blanks, no-break ones too."""
    return " ".join(text.split())


def tags_of(pdf: bytes) -> Iterator[tuple[str, Any]]:
    """The name and the object of each tag, in reading order."""
    root = PdfReader(io.BytesIO(pdf)).root_object["/StructTreeRoot"]
    yield from _below(root)


def _below(node: Any) -> Iterator[tuple[str, Any]]:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object() if hasattr(kid, "get_object") else kid
        if hasattr(found, "get") and "/S" in found:
            yield found["/S"], found
            yield from _below(found)

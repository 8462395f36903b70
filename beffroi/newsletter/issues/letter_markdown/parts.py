"""What a past letter is made of, in the order of reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Placeholder:
    """A link of the source that leads nowhere."""

    section: str
    item: str
    label: str


@dataclass(frozen=True)
class Item:
    """One item: `kind` names a block of an issue, `value` holds its raw parts."""

    kind: str
    value: dict[str, Any]

    @property
    def heading(self) -> str:
        """How the item is called in a list; empty for a free text without a title."""
        return str(self.value.get("title") or self.value.get("value") or "")


@dataclass(frozen=True)
class Section:
    """A named part of the letter; the last one may have no name and hold the colophon."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Letter:
    """A past letter; `introduction` is rich text, `links` counts those that lead somewhere."""

    number: int
    issued_on: date
    introduction: str
    sections: tuple[Section, ...]
    links: int
    placeholders: tuple[Placeholder, ...]

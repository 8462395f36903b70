"""From what was read under a title to the block that an issue keeps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from beffroi.newsletter.issues.letter_markdown import footer, kinds
from beffroi.newsletter.issues.letter_markdown.blocks import LIST, PARAGRAPH, Block
from beffroi.newsletter.issues.letter_markdown.drafts import Draft
from beffroi.newsletter.issues.letter_markdown.parts import Item
from beffroi.newsletter.issues.letter_markdown.runs import Run, links, only_link, plain

_LINKED = frozenset({"article", "key_figure", "progress", "event", "call", "resource", "see_also"})
_LONGEST_LABEL = 200
_LONGEST_URL = 2000
_LONGEST_LINE = 80
_NO_LINK = {"label": "", "url": ""}


def rich_text(blocks: Iterable[Block]) -> str:
    """Paragraphs and lists, one after the other."""
    return "".join(block.html() for block in blocks)


def read_item(draft: Draft, *, section: str | None, issued_on: date) -> Item:
    """The item that a draft becomes: nothing of it is left out."""
    title, blocks = plain(draft.title), list(draft.blocks)
    if not title:
        return Item("text", {"title": "", "text": _free_text(blocks)})
    words = " ".join(plain(block.all_runs()) for block in blocks)
    kind = kinds.choose_kind(section=section, title=title, text=words)
    value: dict[str, Any] = {"value" if kind == "key_figure" else "title": title}
    if kind in _LINKED:
        value["link"], blocks = _take_link(draft, blocks)
    value["text"] = rich_text([*_title_links(draft, value.get("link")), *blocks])
    return Item(kind, value | _facts(kind, f"{title}. {words}", title, issued_on))


def _take_link(draft: Draft, blocks: list[Block]) -> tuple[dict[str, str], list[Block]]:
    """The link alone on the last paragraph, or else the one in the title if it leads somewhere."""
    last = only_link(blocks[-1].runs) if blocks and blocks[-1].kind == PARAGRAPH else None
    if last and len(last.label) <= _LONGEST_LABEL and len(last.url) <= _LONGEST_URL:
        return {"label": last.label, "url": last.url}, blocks[:-1]
    leading = [link for link in links(draft.title) if not link.is_missing]
    if len(leading) == 1 and len(leading[0].url) <= _LONGEST_URL:
        return {"label": leading[0].label[:_LONGEST_LABEL], "url": leading[0].url}, blocks
    return dict(_NO_LINK), blocks


def _title_links(draft: Draft, taken: dict[str, str] | None) -> list[Block]:
    """Links of a title that found no other place: a title cannot hold them, its text can."""
    url = (taken or _NO_LINK)["url"]
    found = [link for link in links(draft.title) if not link.is_missing and link.url != url]
    return [
        Block(PARAGRAPH, (Run(link.label, anchor=place, href=link.url),))
        for place, link in enumerate(found, start=1)
    ]


def _facts(kind: str, words: str, title: str, issued_on: date) -> dict[str, Any]:
    """The parts of a block that its words give when they are sure."""
    if kind == "progress":
        return {"snapshot": "", "indicators": []}
    if kind == "resource":
        return {"department": kinds.find_department(title)}
    if kind == "call":
        closes_on = kinds.deadline(words, issued_on=issued_on)
        return {"closes_on": closes_on.isoformat() if closes_on else None}
    if kind == "event" and (days := kinds.event_days(words, issued_on=issued_on)):
        first, last = days
        return {
            "starts_on": first.isoformat(),
            "ends_on": last.isoformat() if last != first else None,
        }
    return {}


def _is_line(block: Block) -> bool:
    """Whether a paragraph is a line of a picture or an address rather than prose."""
    return (
        block.kind != LIST
        and len(block.text) <= _LONGEST_LINE
        and not block.text.endswith((".", "!", "?", "…"))
    )


def _free_text(blocks: list[Block]) -> str:
    """Paragraphs; short ones that follow each other are the lines of one."""
    parts: list[str] = []
    for are_lines, group in groupby(blocks, key=_is_line):
        members = list(group)
        if are_lines and len(members) > 1:
            parts.append(footer.as_lines(members).html())
        else:
            parts.extend(block.html() for block in members)
    return "".join(parts)


def read_foot(blocks: list[Block]) -> list[tuple[Item, list[Run]]]:
    """A free text before the colophon, then the colophon with the notices that follow it."""
    place = next((p for p, block in enumerate(blocks) if _is_whole_colophon(block)), None)
    if place is None:
        return [_text_pair(blocks)]
    before, after = blocks[:place], blocks[place + 1 :]
    lines = [{"role": line.role, "names": line.names} for line in footer.read_roles(blocks[place])]
    colophon = Item("colophon", {"lines": lines, "text": rich_text(after)})
    pair = (colophon, [run for block in after for run in block.all_runs()])
    return [_text_pair(before), pair] if before else [pair]


def _is_whole_colophon(block: Block) -> bool:
    return footer.is_colophon(block) and footer.fits(footer.read_roles(block))


def _text_pair(blocks: list[Block]) -> tuple[Item, list[Run]]:
    runs = [run for block in blocks for run in block.all_runs()]
    return Item("text", {"title": "", "text": rich_text(blocks)}), runs

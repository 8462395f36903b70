"""A whole letter: masthead, introduction, sections, foot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain

from beffroi.newsletter.issues.letter_markdown import footer, items, names
from beffroi.newsletter.issues.letter_markdown.blocks import HEADING, Block, read_blocks
from beffroi.newsletter.issues.letter_markdown.drafts import Draft, split_items
from beffroi.newsletter.issues.letter_markdown.masthead import read_masthead, without_masthead
from beffroi.newsletter.issues.letter_markdown.mending import mend
from beffroi.newsletter.issues.letter_markdown.parts import Item, Letter, Placeholder, Section
from beffroi.newsletter.issues.letter_markdown.runs import FoundLink, Run, links
from beffroi.newsletter.issues.letter_markdown.source import tidy

INTRODUCTION = "introduction"


@dataclass
class _Chapter:
    """The blocks of a section under its name; `name` is None before the first one."""

    title: str
    name: str | None
    blocks: list[Block]


def read_letter(source: str) -> Letter:
    """Read a letter's Markdown. Raises MastheadMissing when its number or date is not found."""
    blocks = mend(read_blocks(tidy(source)))
    head = _chapters(blocks)[0].blocks
    masthead = read_masthead(head)
    introduction, *chapters = _chapters(without_masthead(blocks, masthead))
    foot: list[Block] = []
    if chapters:
        chapters[-1].blocks, foot = footer.split_footer(chapters[-1].blocks)
    pairs = [_pairs(chapter, masthead.issued_on) for chapter in chapters]
    if foot:
        chapters.append(_Chapter("", None, foot))
        pairs.append(items.read_foot(foot))
    sections = tuple(
        Section(chapter.title, tuple(item for item, _runs in found))
        for chapter, found in zip(chapters, pairs, strict=True)
    )
    found_links = list(_found_links(introduction, sections, pairs))
    return Letter(
        number=masthead.number,
        issued_on=masthead.issued_on,
        introduction=items.rich_text(introduction.blocks),
        sections=sections,
        links=sum(1 for _place, link in found_links if not link.is_missing),
        placeholders=tuple(
            Placeholder(section, item, link.label)
            for (section, item), link in found_links
            if link.is_missing
        ),
    )


def _chapters(blocks: list[Block]) -> list[_Chapter]:
    """What comes before the first section, then the sections.

    A letter that names no known section has one without a name, from its first heading on.
    """
    chapters = [_Chapter("", None, [])]
    for block in blocks:
        if names.is_section_name(block):
            chapters.append(_Chapter(block.text, names.find_section(block.text), []))
        else:
            chapters[-1].blocks.append(block)
    if len(chapters) == 1:
        return _without_names(blocks)
    return chapters


def _without_names(blocks: list[Block]) -> list[_Chapter]:
    first = next((p for p, block in enumerate(blocks) if p and block.kind == HEADING), len(blocks))
    rest = [_Chapter("", None, blocks[first:])] if first < len(blocks) else []
    return [_Chapter("", None, blocks[:first]), *rest]


def _pairs(chapter: _Chapter, issued_on: date) -> list[tuple[Item, list[Run]]]:
    drafts = split_items(chapter.blocks, section=chapter.name)
    return [
        (items.read_item(draft, section=chapter.name, issued_on=issued_on), _all_runs(draft))
        for draft in drafts
    ]


def _all_runs(draft: Draft) -> list[Run]:
    return [*draft.title, *chain.from_iterable(block.all_runs() for block in draft.blocks)]


def _found_links(
    introduction: _Chapter,
    sections: Iterable[Section],
    pairs: Iterable[list[tuple[Item, list[Run]]]],
) -> Iterable[tuple[tuple[str, str], FoundLink]]:
    """Every link with the section and item where it stands."""
    for block in introduction.blocks:
        for link in links(block.all_runs()):
            yield (INTRODUCTION, ""), link
    for section, found in zip(sections, pairs, strict=True):
        for item, runs in found:
            for link in links(runs):
                yield (section.title, item.heading), link

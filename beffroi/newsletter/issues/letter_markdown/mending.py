"""What a page break tore apart is put together again."""

from __future__ import annotations

import re
from dataclasses import replace

from beffroi.newsletter.issues.letter_markdown.blocks import LIST, PARAGRAPH, Block
from beffroi.newsletter.issues.letter_markdown.names import is_section_name, split_section_name
from beffroi.newsletter.issues.letter_markdown.runs import (
    SOFT,
    Run,
    is_finished,
    lead,
    only_link,
    plain,
)

_SHORTEST_PROSE = 40
_NUMBER_ALONE = re.compile(r"\d{1,3}")


def mend(blocks: list[Block]) -> list[Block]:
    """Sentences and bullets cut by a page are whole again; a section's name stands alone."""
    result: list[Block] = []
    for block in [part for whole in blocks for part in split_section_name(whole)]:
        before = result[-1] if result else None
        if before and _continues_bullet(before, block):
            result[-1:] = _with_whole_bullet(before, block)
        elif before and _continues_sentence(_last_paragraph(before), block):
            result[-1] = _continued(before, block)
        else:
            result.append(block)
    return result


def _continues_sentence(before: Block, block: Block) -> bool:
    """Running prose without an end, then a paragraph that starts in lower case."""
    return (
        before.kind == block.kind == PARAGRAPH
        and len(before.text) >= _SHORTEST_PROSE
        and not is_finished(before.runs)
        and block.text[:1].islower()
        and not only_link(before.runs)
        and not only_link(block.runs)
        and not is_section_name(block)
        and not _NUMBER_ALONE.fullmatch(before.text)
    )


def _last_paragraph(block: Block) -> Block:
    """The paragraph that ends a block: its own words, or those of its last bullet."""
    return _last_paragraph(block.entries[-1][-1]) if block.kind == LIST else block


def _continued(before: Block, block: Block) -> Block:
    if before.kind != LIST:
        return replace(before, runs=_glued(before, block))
    *entries, last = before.entries
    return replace(before, entries=(*entries, (*last[:-1], _continued(last[-1], block))))


def _glued(before: Block, block: Block) -> tuple[Run, ...]:
    is_hyphenated = re.search(r"\w-$", before.text)
    return (*before.runs, *(() if is_hyphenated else (Run(SOFT),)), *block.runs)


def _continues_bullet(before: Block, block: Block) -> bool:
    """A bullet without an end, then a paragraph whose bold first words start in lower case."""
    if before.kind != LIST or block.kind != PARAGRAPH or len(before.entries[-1]) != 1:
        return False
    torn = before.entries[-1][0]
    words, _rest = lead(block.runs)
    return torn.kind == PARAGRAPH and not is_finished(torn.runs) and plain(words)[:1].islower()


def _with_whole_bullet(before: Block, block: Block) -> list[Block]:
    """The torn bullet was the start of the bold words: it becomes bold like them."""
    torn = before.entries[-1][0]
    start = tuple(replace(run, is_bold=True) for run in torn.runs)
    whole = replace(torn, runs=(*start, Run(SOFT, is_bold=True), *block.runs))
    return [replace(before, entries=(*before.entries[:-1], (whole,)))]

"""Where an item starts and ends in a section."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from beffroi.newsletter.issues.letter_markdown import names
from beffroi.newsletter.issues.letter_markdown.blocks import (
    HEADING,
    LIST,
    LONGEST_TITLE,
    PARAGRAPH,
    Block,
)
from beffroi.newsletter.issues.letter_markdown.kinds import is_capitals, is_figure
from beffroi.newsletter.issues.letter_markdown.runs import (
    Runs,
    fold,
    is_finished,
    lead,
    only_link,
    plain,
    split_first_line,
    trim,
)

_LONG_LABEL = 8
_LONG_PROSE = 80
_INVITES = re.compile(
    r"(?:re)?(?:decouvr|trouv|li[rst]|voir|vo[iy]|consult|pour|telecharg|inscri|acced|propos|repond|"
    r"en savoir|s'inscri|je |participe|candidat|cliqu|suiv|particip|contact|visit|rejoi|a lire)"
)


@dataclass
class Draft:
    """An item being read: its title, if any, and the blocks under it."""

    title: Runs = ()
    blocks: list[Block] = field(default_factory=list)
    is_poster: bool = False
    is_headed: bool = False
    is_led: bool = False


def split_items(blocks: list[Block], *, section: str | None) -> list[Draft]:
    """The items of a section, in order; what precedes the first title is a draft without one."""
    drafts: list[Draft] = []
    place = 0
    while place < len(blocks):
        if length := _poster_length(blocks, place):
            drafts.append(Draft(blocks=blocks[place : place + length], is_poster=True))
            place += length
            continue
        _read(drafts, blocks, place, section)
        place += 1
    return drafts


def _read(drafts: list[Draft], blocks: list[Block], place: int, section: str | None) -> None:
    block = blocks[place]
    after = blocks[place + 1] if place + 1 < len(blocks) else None
    current = drafts[-1] if drafts else None
    if block.kind == LIST:
        drafts.extend(_read_list(block, current, section))
    elif (title := _title(block, current, after, section)) is not None:
        drafts.append(title)
    elif current is None or (current.is_poster and not only_link(block.runs)):
        drafts.append(Draft(blocks=[block]))
    else:
        current.blocks.append(block)


def _title(
    block: Block, current: Draft | None, after: Block | None, section: str | None
) -> Draft | None:
    """The item that a block opens, or None where it only goes on."""
    if block.kind == HEADING:
        return Draft(block.runs, is_headed=True)
    if not _is_awaited(current) and (opened := _bold_title(block, current, section)):
        return opened
    is_number = is_figure(block.text) and after is not None and after.text[:1].islower()
    if is_number or _is_linked_title(block, current, after):
        return Draft(block.runs)
    return None


def _bold_title(block: Block, current: Draft | None, section: str | None) -> Draft | None:
    """The item that bold words open: a whole paragraph, its first line, or its first words."""
    words, rest = lead(block.runs)
    first, others = split_first_line(block.runs)
    if not words or not _fits(words) or only_link(block.runs):
        return None
    if _is_bold(block.runs):
        return Draft(trim((*words, *rest)))
    if others and _is_bold(first):
        return Draft(first, [Block(PARAGRAPH, others)])
    return _led(words, rest) if _opens_by_lead(current, section) else None


def _fits(words: Runs) -> bool:
    return len(plain(words)) <= LONGEST_TITLE


def _is_awaited(current: Draft | None) -> bool:
    """Whether a heading still waits for its text: bold words under it are its summary."""
    return current is not None and current.is_headed and not current.blocks


def _opens_by_lead(current: Draft | None, section: str | None) -> bool:
    """Whether bold first words are a title: between such items, or where none is open."""
    if current is None or current.is_poster or current.is_led:
        return True
    return section == names.SEE_ALSO


def _is_bold(runs: Runs) -> bool:
    words, rest = lead(runs)
    return bool(words) and not re.search(r"\w", plain(rest))


def _led(words: Runs, rest: Runs, more: tuple[Block, ...] = ()) -> Draft:
    """An item whose title is the bold start of its only paragraph."""
    first = replace(rest[0], text=re.sub(r"^\s*[:–—-]\s+", "", rest[0].text)) if rest else None
    text = trim((first, *rest[1:])) if first else ()
    blocks = [Block(PARAGRAPH, text)] if text else []
    return Draft(_without_stop(words), [*blocks, *more], is_led=True)


def _without_stop(title: Runs) -> Runs:
    """A title has no full stop or colon at its end; "…" and "!" stay."""
    last = title[-1]
    return trim((*title[:-1], replace(last, text=re.sub(r"(?<!\.)[.:]\s*$", "", last.text))))


def _is_linked_title(block: Block, current: Draft | None, after: Block | None) -> bool:
    """A long link alone above a text, which does not invite to read on: it names that text."""
    link = only_link(block.runs)
    if link is None or after is None or after.kind != PARAGRAPH or only_link(after.runs):
        return False
    is_long = len(link.label.split()) >= _LONG_LABEL and len(after.text) >= _LONG_PROSE
    is_free = current is None or current.is_poster or any(b.runs for b in current.blocks)
    return is_long and is_free and _fits(block.runs) and not _INVITES.match(fold(link.label))


def _read_list(block: Block, current: Draft | None, section: str | None) -> list[Draft]:
    """The items that a list holds; one that belongs to the text goes on with it."""
    are_items = section == names.SEE_ALSO or current is None or current.is_poster
    leads = [lead(entry[0].runs)[0] for entry in block.entries]
    if not are_items or (section != names.SEE_ALSO and not all(leads)):
        if current is None or current.is_poster:
            return [Draft(blocks=[block])]
        current.blocks.append(block)
        return []
    return [_entry(entry) for entry in block.entries]


def _entry(entry: tuple[Block, ...]) -> Draft:
    """One bullet: titled by its bold words, by itself when it is short, or not at all."""
    words, rest = lead(entry[0].runs)
    if words and _fits(words):
        return _led(words, rest, entry[1:])
    if entry[0].kind == PARAGRAPH and len(entry) == 1 and _is_short(entry[0]):
        return Draft(entry[0].runs)
    return Draft(blocks=list(entry))


def _is_short(block: Block) -> bool:
    return len(block.text) <= LONGEST_TITLE // 2 and not is_finished(block.runs)


def _poster_length(blocks: list[Block], place: int) -> int:
    """How many blocks are words of a picture: capitals that run on, with no prose under them."""
    end = place
    while end < len(blocks) and _is_capitals(blocks[end]):
        end += 1
    if end - place <= 1:
        return 0
    after = blocks[end] if end < len(blocks) else None
    has_heading = any(block.kind == HEADING for block in blocks[place:end])
    goes_on = after is not None and after.kind != HEADING and not only_link(after.runs)
    return 0 if has_heading and goes_on else end - place


def _is_capitals(block: Block) -> bool:
    return block.kind != LIST and is_capitals(block.text) and not only_link(block.runs)

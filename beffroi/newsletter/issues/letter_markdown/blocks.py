"""From Markdown to headings, paragraphs and lists: the only place that knows the parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from beffroi.newsletter.issues import rules
from beffroi.newsletter.issues.letter_markdown.runs import (
    HARD,
    SOFT,
    Run,
    Runs,
    lines,
    plain,
    to_html,
    trim,
)

# The parser drops what lies deeper; `tidy` sees to it that nothing does.
MAX_NESTING = 120

HEADING, PARAGRAPH, LIST = "heading", "paragraph", "list"
LONGEST_TITLE = 300

# What a letter never means: indentation that is code, tags, definitions that vanish.
_DISABLED = ["code", "fence", "html_block", "html_inline", "reference"]
_BULLET = re.compile(r"^[•▪‣◦●■·]\s*")
_BOLD_MARKS = re.compile(r"\*{2,}")
_SPECIAL = re.compile(
    r"<sup>(?P<sup>[^<>]{1,40})</sup>"
    r"|(?P<mail>(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+)"
    r"|(?P<web>https?://[^\s<>]*[^\s<>.,;:!?»)\]])"
)


@dataclass(frozen=True)
class Block:
    """A heading or a paragraph with its runs, or a list with the blocks of each entry."""

    kind: str
    runs: Runs = ()
    entries: tuple[tuple[Block, ...], ...] = ()
    is_ordered: bool = False

    @property
    def text(self) -> str:
        """The words alone of a heading or paragraph."""
        return plain(self.runs)

    def all_runs(self) -> Iterator[Run]:
        """Every run of the block, in order."""
        yield from self.runs
        for entry in self.entries:
            for block in entry:
                yield from block.all_runs()

    def html(self) -> str:
        """The block as rich text; a heading is a bold paragraph there."""
        if self.kind == LIST:
            tag = "ol" if self.is_ordered else "ul"
            inner = "".join(f"<li>{_entry_html(entry)}</li>" for entry in self.entries)
            return f"<{tag}>{inner}</{tag}>"
        inner = to_html(self.runs)
        return f"<p><b>{inner}</b></p>" if self.kind == HEADING else f"<p>{inner}</p>"


def _entry_html(entry: tuple[Block, ...]) -> str:
    parts: list[str] = []
    for block in entry:
        if block.kind == LIST:
            parts.append(block.html())
        else:
            parts.append(("<br/>" if parts else "") + to_html(block.runs))
    return "".join(parts)


def read_blocks(markdown: str) -> list[Block]:
    """The blocks of a tidy Markdown, in order; rules are marks and go."""
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING}).disable(_DISABLED)
    anchors = count(1)
    tree = SyntaxTreeNode(parser.parse(markdown))
    return [block for block in _blocks(tree, anchors) if block.runs or block.entries]


def _blocks(parent: SyntaxTreeNode, anchors: Iterator[int]) -> Iterator[Block]:
    for node in parent.children:
        if node.type in ("heading", "paragraph"):
            yield from _prose(node.type, _runs_of(node, anchors))
        elif node.type in ("bullet_list", "ordered_list"):
            yield from _list(node, anchors)
        else:
            yield from _blocks(node, anchors)


def _prose(kind: str, runs: Runs) -> Iterator[Block]:
    """A heading or paragraph; typed bullets make a list, rows of a table are paragraphs."""
    if kind == PARAGRAPH and (rows := _rows(runs)):
        yield from (Block(PARAGRAPH, row) for row in rows)
        return
    if kind == HEADING and len(plain(runs)) > LONGEST_TITLE:
        kind, runs = PARAGRAPH, tuple(replace(run, is_bold=True) for run in runs)
    if kind == HEADING or not any(_BULLET.match(plain(line)) for line in lines(runs)):
        yield Block(kind, runs)
        return
    before: list[Runs] = []
    entries: list[list[Runs]] = []
    for line in lines(runs):
        if _BULLET.match(plain(line)):
            first = replace(line[0], text=_BULLET.sub("", line[0].text))
            entries.append([trim((first, *line[1:]))])
        else:
            (entries[-1] if entries else before).append(line)
    if before:
        yield Block(PARAGRAPH, _joined(before))
    yield Block(LIST, entries=tuple((Block(PARAGRAPH, _joined(e)),) for e in entries))


def _joined(parts: list[Runs]) -> Runs:
    result: list[Run] = []
    for part in parts:
        result += [Run(SOFT), *part] if result else part
    return tuple(result)


def _list(node: SyntaxTreeNode, anchors: Iterator[int]) -> Iterator[Block]:
    """A list; a "1." is its mark, but "2022." that starts a line is a word of the source."""
    items = node.children
    entries = [tuple(b for b in _blocks(item, anchors) if b.runs or b.entries) for item in items]
    is_ordered = node.type == "ordered_list"
    if is_ordered and (len(entries) == 1 or int(node.attrs.get("start", 1)) != 1):
        for item, entry in zip(items, entries, strict=True):
            yield from _numbered(f"{item.info}{item.markup} ", entry)
        return
    yield Block(LIST, entries=tuple(entry for entry in entries if entry), is_ordered=is_ordered)


def _numbered(mark: str, entry: tuple[Block, ...]) -> Iterator[Block]:
    first, rest = (entry[0], entry[1:]) if entry else (Block(PARAGRAPH), ())
    if first.kind == LIST:
        yield Block(PARAGRAPH, trim((Run(mark),)))
        yield from entry
        return
    is_bold = bool(first.runs) and first.runs[0].is_bold
    yield replace(first, runs=(Run(mark, is_bold=is_bold), *first.runs))
    yield from rest


def _rows(runs: Runs) -> list[Runs]:
    """The rows of a table as lines of prose, or nothing where the lines are not a table's."""
    parts = lines(runs)
    if len(parts) <= 1 or not all(line[0].text.startswith("|") for line in parts):
        return []
    kept = [line for line in parts if re.search(r"\w", plain(line))]
    return [_cells(line) for line in kept]


def _cells(line: Runs) -> Runs:
    """A row whose cells are parted by a dot instead of bars."""
    ends = trim((replace(line[0], text=line[0].text.lstrip("| ")), *line[1:]))
    ends = trim((*ends[:-1], replace(ends[-1], text=ends[-1].text.rstrip("| "))))
    return tuple(
        run if run.anchor else replace(run, text=re.sub(r"\s*\|\s*", " · ", run.text))
        for run in ends
    )


def _runs_of(node: SyntaxTreeNode, anchors: Iterator[int]) -> Runs:
    inline = node.children[0] if node.children else None
    runs = _inline(inline, Run(""), anchors) if inline else ()
    return _filled(trim(_specials(runs, anchors)))


def _filled(runs: Runs) -> Runs:
    """A break that a converter forced in the middle of a phrase is only a space."""
    filled = list(runs)
    for place, run in enumerate(runs[1:-1], start=1):
        is_broken = run.text == HARD and runs[place + 1].text[:1].islower()
        if is_broken and runs[place - 1].text.rstrip()[-1:] not in set(".!?:;…"):
            filled[place] = replace(run, text=SOFT)
    return tuple(filled)


def _inline(node: SyntaxTreeNode, marks: Run, anchors: Iterator[int]) -> Iterator[Run]:
    for child in node.children:
        if child.type in ("text", "code_inline"):
            yield replace(marks, text=_BOLD_MARKS.sub("", child.content))
        elif child.type in ("softbreak", "hardbreak"):
            text = SOFT if child.type == "softbreak" else HARD
            yield replace(marks, text=text, is_bold=False, is_italic=False)
        elif child.type == "image":
            yield from _image(child, marks, anchors)
        else:
            yield from _inline(child, _marked(child, marks, anchors), anchors)


def _marked(node: SyntaxTreeNode, marks: Run, anchors: Iterator[int]) -> Run:
    if node.type == "strong":
        return replace(marks, is_bold=True)
    if node.type == "em":
        return replace(marks, is_italic=True)
    if node.type == "link":
        return replace(marks, anchor=next(anchors), href=address(str(node.attrs.get("href", ""))))
    return marks


def _image(node: SyntaxTreeNode, marks: Run, anchors: Iterator[int]) -> Iterator[Run]:
    """A picture elsewhere on the web is a link to it; one that the file lost is its words."""
    source = address(str(node.attrs.get("src", "")))
    if not marks.anchor and not rules.is_missing_address(source) and not source.startswith("/"):
        yield replace(marks, text=node.content or "Image", anchor=next(anchors), href=source)
    elif node.content:
        yield replace(marks, text=node.content)


def address(href: str) -> str:
    """An address that a reader could follow, or the placeholder."""
    if href.startswith("www."):
        href = f"https://{href}"
    return href if rules.is_link_address(href) else rules.MISSING_ADDRESS


def _specials(runs: Iterator[Run] | Runs, anchors: Iterator[int]) -> Iterator[Run]:
    """Superscripts written as tags, and bare addresses, which become links."""
    for run in runs:
        end = 0
        for match in _SPECIAL.finditer(run.text):
            if (special := _special(match, run, anchors)) is not None:
                yield replace(run, text=run.text[end : match.start()])
                yield special
                end = match.end()
        yield replace(run, text=run.text[end:])


def _special(match: re.Match[str], run: Run, anchors: Iterator[int]) -> Run | None:
    if match["sup"]:
        return replace(run, text=match["sup"], is_raised=True)
    if run.anchor:
        return None
    href = f"mailto:{match['mail']}" if match["mail"] else address(match["web"])
    if rules.is_missing_address(href):
        return None
    return replace(run, text=match[0], anchor=next(anchors), href=href)

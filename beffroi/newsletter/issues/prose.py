"""An editor's rich text, read once and written three ways: web page, mail, plain text. Pure."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from beffroi.newsletter.issues import rules

WIDTH = 76
MISSING = "(lien à venir)"

_SAME = {"b": "strong", "i": "em"}
_INLINE = frozenset({"strong", "em", "sup", "a"})
_LISTS = frozenset({"ul", "ol"})
_BLOCKS = frozenset({"p", "li"}) | _LISTS
# What other sources call a block still breaks a line; its words are kept as a paragraph.
_PARAGRAPHS = frozenset({"div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"})
# Python's \\s would swallow the no-break spaces that French typography needs.
_BREAKABLE = re.compile(r"[ \t\r\n]+")
# Spaces that French writes but never lets end or begin a line.
_NARROW = re.compile(r"(?<=\S) (?=[?!;])")
_WIDE = re.compile(r"(?<=\S) (?=[:»])|(?<=«) (?=\S)")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass
class Node:
    """An element of the few that are kept; `name` is "" at the root."""

    name: str
    address: str = ""
    children: list[Node | str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Keeps known marks, closes what is left open, and keeps every word of the rest."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = "p" if tag in _PARAGRAPHS else _SAME.get(tag, tag)
        if tag == "br":
            self.open[-1].children.append(Node("br"))
        elif tag in _INLINE | _BLOCKS:
            if tag in _BLOCKS:
                self._close_paragraph()
            if tag == "li" and self.open[-1].name not in _LISTS:
                tag = "p"
            node = Node(tag, dict(attrs).get("href") or "")
            self.open[-1].children.append(node)
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        tag = "p" if tag in _PARAGRAPHS else _SAME.get(tag, tag)
        names = [node.name for node in self.open]
        if tag in names[1:]:
            del self.open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if self.open[-1].name in _LISTS:
            if data.strip():
                self.open[-1].children.append(Node("li", children=[data]))
        elif self.open[-1].children and isinstance(self.open[-1].children[-1], str):
            # The parser may cut a text in pieces: spaces are held within the whole of it.
            self.open[-1].children[-1] += data
        else:
            self.open[-1].children.append(data)

    def _close_paragraph(self) -> None:
        while self.open[-1].name in _INLINE | {"p"}:
            self.open.pop()


def hold_spaces(text: str) -> str:
    """The same words, with the no-break spaces that French punctuation asks for."""
    return _WIDE.sub("\u00a0", _NARROW.sub("\u202f", text))


def parse(source: str) -> list[Node]:
    """The paragraphs and lists of an HTML fragment, in order; stray text becomes a paragraph."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    blocks: list[Node] = []
    loose: Node | None = None
    for child in reader.root.children:
        if isinstance(child, Node) and child.name in _BLOCKS:
            blocks.append(child)
            loose = None
        elif loose is None:
            loose = Node("p", children=[child])
            blocks.append(loose)
        else:
            loose.children.append(child)
    return [block for block in blocks if _words(block).strip()]


def _words(node: Node | str) -> str:
    if isinstance(node, str):
        return node
    return " " if node.name == "br" else "".join(_words(child) for child in node.children)


def _html(node: Node | str, resolve: Callable[[str], str]) -> str:
    if isinstance(node, str):
        return escape(hold_spaces(node), quote=False)
    if node.name == "br":
        return "<br/>"
    inner = "".join(_html(child, resolve) for child in node.children)
    if node.name != "a":
        return f"<{node.name}>{inner}</{node.name}>"
    if rules.is_missing_address(node.address):
        return f"{inner} {MISSING}"
    if not rules.is_link_address(node.address):
        return inner
    return f'<a href="{escape(resolve(node.address))}">{inner}</a>'


def _text(node: Node | str, resolve: Callable[[str], str]) -> str:
    if isinstance(node, str):
        return _BREAKABLE.sub(" ", node)
    if node.name == "br":
        return "\n"
    inner = "".join(_text(child, resolve) for child in node.children)
    if node.name == "sup" and inner.isdecimal():
        return inner.translate(_SUPERSCRIPTS)
    return _text_link(inner, node.address, resolve) if node.name == "a" else inner


def _text_link(label: str, address: str, resolve: Callable[[str], str]) -> str:
    if rules.is_missing_address(address):
        return f"{label} {MISSING}"
    target = resolve(address) if rules.is_link_address(address) else ""
    if not target or target.removeprefix("mailto:") == label.strip():
        return label
    return f"{label} <{target}>"


def wrap(text: str, *, first: str = "", rest: str = "") -> str:
    """Lines of at most WIDTH signs, addresses and French no-break spaces left whole."""
    return "\n".join(
        textwrap.fill(
            hold_spaces(_BREAKABLE.sub(" ", line)).strip(" "),
            WIDTH,
            initial_indent=first if index == 0 else rest,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for index, line in enumerate(text.split("\n"))
    )


def _text_list(node: Node, resolve: Callable[[str], str], indent: str) -> Iterator[str]:
    for place, item in enumerate(
        (child for child in node.children if isinstance(child, Node)), start=1
    ):
        mark = f"{place}. " if node.name == "ol" else "- "
        inner = [c for c in item.children if not (isinstance(c, Node) and c.name in _BLOCKS)]
        text = "".join(_text(child, resolve) for child in inner)
        yield wrap(text, first=indent + mark, rest=indent + " " * len(mark))
        for child in item.children:
            if isinstance(child, Node) and child.name in _LISTS:
                yield from _text_list(child, resolve, indent + "  ")
            elif isinstance(child, Node) and child.name in _BLOCKS:
                inside = indent + " " * len(mark)
                yield wrap(_text(child, resolve), first=inside, rest=inside)


def to_html(source: str, *, resolve: Callable[[str], str] = str) -> str:
    """Well-formed HTML of paragraphs and lists; a link without target is words, not a link."""
    return "".join(_html(block, resolve) for block in parse(source))


def to_text(source: str, *, resolve: Callable[[str], str] = str) -> str:
    """Wrapped plain text that keeps every word and the address of every link."""
    return "\n\n".join(
        "\n".join(_text_list(block, resolve, ""))
        if block.name in _LISTS
        else wrap(_text(block, resolve))
        for block in parse(source)
    )

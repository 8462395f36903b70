"""A line of prose as runs of text, each with its own marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby

from beffroi.newsletter.issues import rules

SOFT, HARD = "\n", "\v"
_SPACES = re.compile(r"[ \t\n\v]+")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_CLOSED = re.compile(r"[.!?:;…»)]$")


@dataclass(frozen=True)
class Run:
    """Text under the same marks; `anchor` tells neighbouring links apart, 0 is no link."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    is_raised: bool = False
    anchor: int = 0
    href: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class FoundLink:
    """A link of a line: its words, and its address or the placeholder."""

    label: str
    url: str

    @property
    def is_missing(self) -> bool:
        """Whether it leads nowhere."""
        return rules.is_missing_address(self.url)


def plain(runs: Iterable[Run]) -> str:
    """The words alone, on one line."""
    words = "".join(
        run.text.translate(_SUPERSCRIPTS) if run.is_raised else run.text for run in runs
    )
    return _SPACES.sub(" ", words).strip()


def fold(text: str) -> str:
    """Text to compare: no case, accents, typographic apostrophes or no-break spaces."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _SPACES.sub(" ", bare.replace("’", "'").replace("‘", "'").casefold()).strip()


def is_finished(runs: Runs) -> bool:
    """Whether a sentence ends there."""
    return bool(_CLOSED.search(plain(runs)))


def trim(runs: Iterable[Run]) -> Runs:
    """Without spaces or breaks at either end, and without empty runs."""
    kept = [run for run in runs if run.text]
    while kept and not kept[0].text.lstrip():
        kept.pop(0)
    while kept and not kept[-1].text.rstrip():
        kept.pop()
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip())
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return tuple(kept)


def lines(runs: Runs) -> list[Runs]:
    """The lines of the source that make a paragraph."""
    result: list[list[Run]] = [[]]
    for run in runs:
        for place, part in enumerate(re.split(r"[\n\v]", run.text)):
            if place:
                result.append([])
            result[-1].append(replace(run, text=part))
    return [line for line in map(trim, result) if line]


def split_first_line(runs: Runs) -> tuple[Runs, Runs]:
    """The first line of a paragraph, and the others with their breaks."""
    for place, run in enumerate(runs):
        if match := re.search(r"[\n\v]", run.text):
            first = replace(run, text=run.text[: match.start()])
            rest = replace(run, text=run.text[match.end() :])
            return trim((*runs[:place], first)), trim((rest, *runs[place + 1 :]))
    return trim(runs), ()


def lead(runs: Runs) -> tuple[Runs, Runs]:
    """The bold words a line starts with, and the rest; bold runs parted by signs are one lead."""
    end = 0
    for place, run in enumerate(runs):
        if run.is_bold:
            end = place + 1
        elif re.search(r"\w", run.text) or not end:
            break
    return trim(runs[:end]), trim(runs[end:])


def links(runs: Iterable[Run]) -> Iterator[FoundLink]:
    """The links of a line, in order."""
    for anchor, group in groupby(runs, key=lambda run: run.anchor):
        if anchor:
            members = list(group)
            yield FoundLink(plain(members), members[0].href)


def only_link(runs: Runs) -> FoundLink | None:
    """The link that is the whole line, or None."""
    found = list(links(runs))
    alone = all(run.anchor or not re.search(r"\w", run.text) for run in runs)
    return found[0] if len(found) == 1 and alone else None


def to_html(runs: Runs) -> str:
    """Rich text of one line, escaped."""
    return "".join(
        _anchored(list(group)) for _anchor, group in groupby(trim(runs), key=lambda run: run.anchor)
    )


def _anchored(runs: list[Run]) -> str:
    inner = "".join(_marked(run) for run in runs)
    return f'<a href="{escape(runs[0].href)}">{inner}</a>' if runs[0].anchor else inner


def _marked(run: Run) -> str:
    text = escape(run.text, quote=False).replace(HARD, "<br/>").replace(SOFT, " ")
    for is_marked, tag in ((run.is_raised, "sup"), (run.is_italic, "i"), (run.is_bold, "b")):
        if is_marked and text.strip():
            text = f"<{tag}>{text}</{tag}>"
    return text

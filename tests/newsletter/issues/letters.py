"""Past letters for the tests: made ones, and the words that must not be lost."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

from hypothesis import strategies as st

from beffroi.foundations.dates import format_date
from beffroi.newsletter.issues.letter_markdown import Item, Letter

MASTHEAD = "4 MARS 2024 - LETTRE D'INFORMATION #31 |"
SECTIONS = (
    "L'actu",
    "## Le Club",
    "## **L’offre de services**",
    "### LES RESSOURCES UTILES",
    "**L'image du mois**",
    "Voir aussi :",
)

_LETTERS = st.text("abcdefghijklmnopqrstuvwxyzéèàç", min_size=1, max_size=9)
_SENTENCE = st.builds(
    lambda words, end: " ".join(words).capitalize() + end,
    st.lists(_LETTERS, min_size=1, max_size=14),
    st.sampled_from(["", ".", " !", "\u00a0: suite.", ", etc.", " <b>x</b>", " 12 % & plus"]),
)
# Seven words at most: a longer link above a text is the title of it.
_LABEL = st.lists(_LETTERS, min_size=1, max_size=7).map(" ".join)
_LINK = st.builds("[{}]({})".format, _LABEL, st.sampled_from(["#", "https://a.example/x?a=1"]))
_PROSE = st.one_of(
    _SENTENCE,
    st.lists(_SENTENCE, min_size=2, max_size=3).map("  \n".join),
    st.builds("{} [{}](#) {}".format, _SENTENCE, _LETTERS, _SENTENCE),
    st.builds("{} **{}** *{}*".format, _SENTENCE, _LETTERS, _LETTERS),
    st.lists(_SENTENCE, min_size=1, max_size=3).map(lambda lines: "- " + "\n- ".join(lines)),
)
_HEADING = st.builds(
    str.format, st.sampled_from(["# {}", "## {}", "### **{}**", "**{}**", "#### {}"]), _SENTENCE
)
_FIGURE = st.sampled_from(["# 117", "## 99,6 %", "**2 310**"])
_LED = st.builds("- **{}.** {}".format, _LETTERS, _SENTENCE)
_ITEM = st.builds(
    lambda title, prose, link: "\n\n".join([title, *prose, *link]),
    st.one_of(_HEADING, _HEADING, _FIGURE, _LED, _SENTENCE, _SENTENCE.map("• {}".format)),
    st.lists(_PROSE, max_size=3),
    st.lists(_LINK, max_size=1),
)
_SECTION = st.builds(
    lambda name, items: "\n\n\n".join([name, *items]),
    st.sampled_from(SECTIONS),
    st.lists(_ITEM, max_size=4),
)
_COLOPHON = (
    "Contact : [a@b.example](mailto:a@b.example)\n\nDirectrice de publication : Ada Bel\n"
    "Crédits photos : Un, Deux\nTrois\n\n© 2024 Une agence\n[Se désinscrire](#)"
)

letters = st.builds(
    lambda intro, sections, foot: "\n\n".join([MASTHEAD, *intro, *sections, *foot]),
    st.lists(_PROSE, max_size=2),
    st.lists(_SECTION, min_size=1, max_size=4),
    st.sampled_from([[], [_COLOPHON]]),
)


def words(text: str) -> list[str]:
    """The words of a text in order, whatever its typography."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


def source_words(markdown: str) -> list[str]:
    """The words of a Markdown source: its link addresses and its marks are none."""
    bare = re.sub(r"\]\([^)\s]*\)", "]", markdown)
    return words(re.sub(r"</?sup>|[*#|•]", "", bare))


def text_of(html: str) -> str:
    """The words of a rich text."""
    spaced = re.sub(r"<(?:br/|/p|/li|ul|ol)>", " ", html)
    return unescape(re.sub(r"</?(?:p|b|i|sup|a|li|ul|ol)(?: [^>]*)?>", "", spaced))


def letter_words(letter: Letter) -> list[str]:
    """The words of a letter as it was read, in the order of reading."""
    parts = [
        format_date(letter.issued_on),
        f"lettre d'information {letter.number}",
        text_of(letter.introduction),
    ]
    for section in letter.sections:
        parts.append(section.title)
        for item in section.items:
            parts += _item_texts(item)
    return words(" \n ".join(parts))


def _item_texts(item: Item) -> list[str]:
    value = item.value
    return [
        item.heading,
        *(f"{role['role']} {role['names']}" for role in value.get("lines", ())),
        text_of(value["text"]),
        value.get("link", {}).get("label", ""),
    ]

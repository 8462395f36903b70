"""The names of the sections of the programme's letters."""

from __future__ import annotations

import re
from dataclasses import replace

from beffroi.newsletter.issues.letter_markdown.blocks import LIST, PARAGRAPH, Block
from beffroi.newsletter.issues.letter_markdown.runs import (
    Runs,
    fold,
    links,
    plain,
    split_first_line,
)

NEWS, CLUB, OFFERS, RESOURCES, PICTURE, SEE_ALSO = (
    "news",
    "club",
    "offers",
    "resources",
    "picture",
    "see_also",
)

# Folded, without an article or signs at either end.
_NAMES = {
    "actu": NEWS,
    "actus": NEWS,
    "actualite": NEWS,
    "actualites": NEWS,
    "club": CLUB,
    "offre de services": OFFERS,
    "offre de service": OFFERS,
    "offres de services": OFFERS,
    "ressources utiles": RESOURCES,
    "ressource utile": RESOURCES,
    "image du mois": PICTURE,
    "images du mois": PICTURE,
    "photo du mois": PICTURE,
    "voir aussi": SEE_ALSO,
    "a voir aussi": SEE_ALSO,
}
_ARTICLE = re.compile(r"^(?:l' ?|la |le |les )")
_SIGNS = re.compile(r"^[^\w]+|[^\w]+$")


def find_section(name: str) -> str | None:
    """Which section a line names, or None: heading marks, bold, case, apostrophes do not matter."""
    bare = _SIGNS.sub("", fold(name))
    return _NAMES.get(_ARTICLE.sub("", bare)) or _NAMES.get(bare)


def is_section_name(block: Block) -> bool:
    """Whether a block is the name of a section and nothing else."""
    return block.kind != LIST and _is_name(block.runs)


def _is_name(runs: Runs) -> bool:
    return not any(links(runs)) and find_section(plain(runs)) is not None


def split_section_name(block: Block) -> list[Block]:
    """A paragraph whose first line names a section is that name, then the rest."""
    first, rest = split_first_line(block.runs)
    if block.kind == LIST or not rest or not _is_name(first):
        return [block]
    return [replace(block, runs=first), Block(PARAGRAPH, rest)]

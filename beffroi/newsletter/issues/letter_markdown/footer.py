"""The end of a letter: contacts, who made it, notices."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from beffroi.newsletter.issues.letter_markdown.blocks import HEADING, LIST, PARAGRAPH, Block
from beffroi.newsletter.issues.letter_markdown.runs import (
    HARD,
    Run,
    Runs,
    fold,
    lines,
    links,
    plain,
)

_ROLE = re.compile(
    r"(?:direct(?:eur|rice)s?|responsables?|redact|redaction|design|credits?|conception|maquette|"
    r"graphisme|photos?|photographies?|comite|edit(?:eur|rice|ion)|secretariat|realisation|"
    r"coordination|coordinat|contribut|ont contribue|illustrations?|integration|mise en page|"
    r"hebergeur|publication|impression|issn|depot legal|relecture|animation)[^:]{0,80}?\s?:\s?(.*)"
)
_MARK = re.compile(
    r"(?:transfer|partage[zr]|contact|nous contacter|suivre l'actualite|suivez-nous|retrouvez-nous|"
    r"pour vous (?:inscrire|desinscrire|desabonner)|conformement a|se desinscrire|me desinscrire|"
    r"se desabonner|vous recevez (?:ce|cette)|©|mentions legales|pour ne plus recevoir)"
)
_CREDIT = re.compile(r"©(?! ?\d{4})")
_HEADING = re.compile(
    r"(?:contacts?|nous contacter|mentions legales|ours|l'ours|colophon|credits)\W*"
)
_LONGEST_ROLE = 120
_LONGEST_NAMES = 500


@dataclass(frozen=True)
class Role:
    """A line of the colophon."""

    role: str
    names: str


def split_footer(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """The last section's own blocks, and the foot of the letter."""
    first = next(
        (
            place
            for place, block in enumerate(blocks)
            if block.kind == HEADING and _HEADING.fullmatch(fold(block.text))
        ),
        None,
    )
    if first is None:
        first = _first_mark(blocks)
    return (blocks[:first], blocks[first:]) if first is not None else (blocks, [])


def _first_mark(blocks: list[Block]) -> int | None:
    """Where the paragraphs that end a letter start to speak of the letter itself."""
    start = len(blocks)
    while start and blocks[start - 1].kind == PARAGRAPH:
        start -= 1
    for place in range(start, len(blocks)):
        if _starts_foot(blocks[place]):
            return place
    return None


def _starts_foot(block: Block) -> bool:
    folded = fold(block.text)
    if _CREDIT.match(folded):
        return False
    return bool(_MARK.match(folded)) or is_colophon(block)


def is_colophon(block: Block) -> bool:
    """Whether a block is lines of who did what: two at least, the first of them included."""
    if block.kind == LIST or any(links(block.runs)):
        return False
    roles = [_role(line) is not None for line in lines(block.runs)]
    return len(roles) > 1 and roles[0] and sum(roles) > 1


def read_roles(block: Block) -> list[Role]:
    """Its lines; one without a role goes on with the names of the line before."""
    roles: list[Role] = []
    for line in lines(block.runs):
        role = _role(line)
        if role or not roles:
            roles.append(role or Role(plain(line), ""))
        else:
            roles[-1] = _continued(roles[-1], plain(line))
    return roles


def _continued(role: Role, text: str) -> Role:
    is_list = "," in role.names and not role.names.endswith(",")
    return Role(role.role, f"{role.names}{',' if is_list else ''} {text}")


def _role(line: Runs) -> Role | None:
    text = plain(line)
    match = _ROLE.fullmatch(fold(text))
    if not match or ":" not in text:
        return None
    role, names = (part.strip() for part in text.split(":", 1))
    return Role(role, names) if len(role) <= _LONGEST_ROLE else None


def fits(roles: list[Role]) -> bool:
    """Whether a colophon can hold these lines as they are."""
    return all(role.role and role.names and len(role.names) <= _LONGEST_NAMES for role in roles)


def as_lines(blocks: list[Block]) -> Block:
    """Short paragraphs of a picture or an address, as the lines of one."""
    runs: list[Run] = []
    for block in blocks:
        flat = [replace(run, text=re.sub(r"[\n\v]", " ", run.text)) for run in block.runs]
        runs += [Run(HARD), *flat] if runs else flat
    return Block(PARAGRAPH, tuple(runs))

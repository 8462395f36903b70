"""The line that names the letter: `23 SEPTEMBRE 2022 - LETTRE D'INFORMATION #17 |`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from beffroi.foundations.dates import MONTHS
from beffroi.newsletter.issues.letter_markdown.blocks import LIST, PARAGRAPH, Block
from beffroi.newsletter.issues.letter_markdown.runs import SOFT, Run, Runs, fold, lines, plain, trim

EXPECTED = "23 SEPTEMBRE 2022 - LETTRE D'INFORMATION #17"
_LONGEST = 200
_LONGEST_PART = 80

_MONTH_NUMBERS = {fold(month): number for number, month in enumerate(MONTHS, start=1)}
_DATE = re.compile(
    rf"\b(\d{{1,2}})(?: ?er)? ({'|'.join(_MONTH_NUMBERS)}) (\d{{4}})\b"
    r"|\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b"
)
_NUMBER = re.compile(
    r"(?:#|№|\b(?:n ?[°ºo]s?|numero|no)\.?) ?(\d{1,6})\b"
    r"|\blettre(?: d'information| d'info| mensuelle)? (\d{1,6})\b"
)
_OWN_WORDS = re.compile(
    r"\b(?:lettre|d'information|d'informations|newsletter|numero|du|le"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b"
)


class MastheadMissing(Exception):
    """No line gives the number or the date; `str()` says which in French."""


@dataclass(frozen=True)
class Masthead:
    """The number and date of a letter, and the folded lines that gave them."""

    number: int
    issued_on: date
    sources: frozenset[str]


def find_date(folded: str) -> date | None:
    """The first date of a folded text, with its year; None where there is none."""
    for match in _DATE.finditer(folded):
        if match[2]:
            parts = int(match[3]), _MONTH_NUMBERS[match[2]], int(match[1])
        else:
            parts = int(match[6]), int(match[5]), int(match[4])
        try:
            return date(*parts)
        except ValueError:
            continue
    return None


def _find_number(folded: str) -> int | None:
    for match in _NUMBER.finditer(folded):
        if number := int(match[1] or match[2]):
            return number
    return None


def read_masthead(head: list[Block]) -> Masthead:
    """Number and date, from one line or from two short ones. Raises MastheadMissing."""
    texts = [fold(plain(line)) for block in head for line in lines(block.runs)]
    for text in texts:
        number, day = _find_number(text), find_date(text)
        if number and day and len(text) <= _LONGEST:
            return Masthead(number, day, frozenset([text]))
    short = [text for text in texts if len(text) <= _LONGEST_PART]
    numbered = next((text for text in short if _find_number(text)), None)
    dated = next((text for text in short if find_date(text)), None)
    number, day = _find_number(numbered or ""), find_date(dated or "")
    if not number or not day or numbered is None or dated is None:
        missing = "le numéro" if day else "la date" if number else "le numéro et la date"
        raise MastheadMissing(
            f"{missing} de la lettre manque en tête du fichier, ligne attendue : « {EXPECTED} »"
        )
    return Masthead(number, day, frozenset([numbered, dated]))


def without_masthead(blocks: list[Block], masthead: Masthead) -> list[Block]:
    """The blocks without the masthead and its repetitions; its other words stay in their place."""
    return [kept for block in blocks if (kept := _stripped(block, masthead)) is not None]


def _stripped(block: Block, masthead: Masthead) -> Block | None:
    if block.kind == LIST:
        return block
    parts = lines(block.runs)
    if not any(fold(plain(line)) in masthead.sources for line in parts):
        return block
    kept: list[Run] = []
    for line in parts:
        left = _leftover(line) if fold(plain(line)) in masthead.sources else line
        if left:
            kept += [Run(SOFT), *left] if kept else left
    return replace(block, kind=PARAGRAPH, runs=tuple(kept)) if kept else None


def _leftover(line: Runs) -> Runs:
    """What a masthead says beside number and date: nothing, or the name of the letter."""
    if _says_no_more(plain(line)):
        return ()
    return trim(replace(run, text=_without_own_parts(run.text)) for run in line)


def _without_own_parts(text: str) -> str:
    parts = re.split(r"\s[-–—|]\s", text)
    return " – ".join(part.strip() for part in parts if not _says_no_more(part))


def _says_no_more(text: str) -> bool:
    bare = _NUMBER.sub(" lettre ", _DATE.sub(" ", fold(text)))
    return not re.search(r"\w", _OWN_WORDS.sub(" ", bare))

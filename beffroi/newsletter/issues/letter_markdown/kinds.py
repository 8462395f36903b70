"""Which block an item becomes, and the dates that its words give."""

from __future__ import annotations

import re
from datetime import date

from beffroi.foundations.dates import MONTHS
from beffroi.newsletter.issues.letter_markdown import names
from beffroi.newsletter.issues.letter_markdown.runs import fold

BY_SECTION = {
    names.RESOURCES: "resource",
    names.PICTURE: "picture",
    names.SEE_ALSO: "see_also",
}
_PROGRESS = re.compile(r"\bpoints? d'avancement\b")
_RESULT = re.compile(r"\b(?:resultats?|laureate?s?|palmares|retour sur)\b")
_CALL = re.compile(
    r"\b(?:appels? a|candidatures?|candidater|concours|trophees?|grand prix|"
    r"manifestations? d'interets?|"
    r"(?:recherche|cherche) des? (?:sites?|projets?|communes?|villes?))\b"
)
_AWARD = re.compile(r"\b(?:Prix|PRIX|AMI)\b")
_EVENT = re.compile(
    r"\b(?:webinaires?|webinars?|replay|rencontres?|carrefours?|assises|seminaires?|colloques?|"
    r"ateliers?|journees? (?:nationales?|regionales?|d'echanges?|d'etudes?|techniques?)|forums?|"
    r"salons?|congres|conferences?|visioconferences?|rendez-vous|formations?|matinales?)\b"
)
_FIGURE = re.compile(
    r"[≈~+]? ?\d[\d .,]*"
    r"(?:%|€|k€|m€|md€|ha|km|m2|m²|(?:mille|millions?|milliards?)(?: d'euros| €)?)?"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_FIGURE = 40
_DEPARTMENT = re.compile(r"\((\d{2,3}|2[AB])\)\s*$")

_MONTHS = {fold(month): number for number, month in enumerate(MONTHS, start=1)}
_DAYS = re.compile(
    r"\b(?P<first>\d{1,2})(?:er)?(?: (?:et|au|-|–) (?P<last>\d{1,2})(?:er)?)? "
    rf"(?P<month>{'|'.join(_MONTHS)})(?: (?P<year>\d{{4}})\b)?(?: (?P<turn>prochain|dernier)s?\b)?"
)
_DEADLINE = re.compile(
    r"\b(?:jusqu'au|avant le|au plus tard le|date limite[^.]{0,40}? le|cloture[^.]{0,20}? le)\W+"
    r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?$"
)


def is_figure(text: str) -> bool:
    """Whether a line is a number, perhaps with its unit, and nothing else; a year is not."""
    folded = fold(text)
    fits = len(text) <= _LONGEST_FIGURE and not _YEAR.fullmatch(folded)
    return fits and bool(_FIGURE.fullmatch(folded))


def is_capitals(text: str) -> bool:
    """Whether every letter is a capital, as on posters and logos."""
    return text.isupper()


def choose_kind(*, section: str | None, title: str, text: str) -> str:
    """The block for a titled item, by its section first, then by the words of its title."""
    if is_figure(title):
        return "key_figure"
    if is_capitals(title) and not re.search(r"[.!?…]", text):
        return "text"
    if section in BY_SECTION:
        return BY_SECTION[section]
    folded = fold(title)
    if _PROGRESS.search(folded):
        return "progress"
    if not _RESULT.search(folded) and (_CALL.search(folded) or _AWARD.search(title)):
        return "call"
    return "event" if _EVENT.search(folded) else "article"


def find_department(title: str) -> str:
    """The number that stands between brackets at the end of a title, or ""."""
    match = _DEPARTMENT.search(title)
    return match[1] if match else ""


def event_days(text: str, *, issued_on: date) -> tuple[date, date] | None:
    """First and last day of an event, only where its words name one date and no other."""
    found = {days for match in _DAYS.finditer(fold(text)) if (days := _days(match, issued_on))}
    return found.pop() if len(found) == 1 else None


def deadline(text: str, *, issued_on: date) -> date | None:
    """The day a call closes, only where its words name one deadline."""
    folded = fold(text)
    found = {
        days[1]
        for match in _DAYS.finditer(folded)
        if _DEADLINE.search(folded[: match.start()]) and (days := _days(match, issued_on))
    }
    return found.pop() if len(found) == 1 else None


def _days(match: re.Match[str], issued_on: date) -> tuple[date, date] | None:
    """Without a year the words must say « prochain » or « dernier »."""
    month, year = _MONTHS[match["month"]], int(match["year"] or 0)
    try:
        if not year and match["turn"]:
            near = date(issued_on.year, month, int(match["first"]))
            year = issued_on.year + _turn(near, issued_on, is_next=match["turn"] == "prochain")
        if not year:
            return None
        first = date(year, month, int(match["first"]))
        last = date(year, month, int(match["last"] or match["first"]))
    except ValueError:
        return None
    return (first, last) if first <= last else None


def _turn(near: date, issued_on: date, *, is_next: bool) -> int:
    if is_next:
        return 0 if near >= issued_on else 1
    return 0 if near <= issued_on else -1

"""What an issue decides from values alone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from unicodedata import category
from urllib.parse import urlsplit

from beffroi.foundations.dates import format_date

MISSING_ADDRESS = "#"


def is_link_address(url: str) -> bool:
    """Whether a reader could follow it: http(s), mailto, a path of the site, or the placeholder."""
    if url == MISSING_ADDRESS:
        return True
    if any(character.isspace() for character in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.scheme in ("http", "https"):
        return bool(parts.hostname)
    if parts.scheme == "mailto":
        return "@" in parts.path
    return not parts.scheme and not parts.netloc and url.startswith("/")


def is_missing_address(url: str) -> bool:
    """Whether an address is the placeholder for one that is not known yet."""
    return url.strip() in ("", MISSING_ADDRESS)


def is_one_line(text: str) -> bool:
    """Whether a header of a mail may carry it: no line break, no control character."""
    return not any(category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in text)


def default_title(number: int) -> str:
    """An issue's title, and the subject of its mail, before anybody words it better."""
    return f"Lettre d’information n°\u00a0{number}"


class ApprovalRefusal(StrEnum):
    """Why an approval may not be recorded."""

    NOT_ENTITLED = "not_entitled"
    NOT_SCHEDULED = "not_scheduled"
    CONTENT_CHANGED = "content_changed"
    OWN_WORK = "own_work"
    ALREADY_APPROVED = "already_approved"
    UNPUBLISHED_FIGURES = "unpublished_figures"


def approval_refusal(
    *,
    is_entitled: bool,
    approver_id: int,
    author_id: int | None,
    seen_hash: str,
    current_hash: str | None,
    earlier_approver_ids: Collection[int],
) -> ApprovalRefusal | None:
    """Why this person may not approve this content, or None.

    `current_hash` is None while the letter has no date: nothing whole can be approved yet.
    """
    if not is_entitled:
        return ApprovalRefusal.NOT_ENTITLED
    if current_hash is None:
        return ApprovalRefusal.NOT_SCHEDULED
    if seen_hash != current_hash:
        return ApprovalRefusal.CONTENT_CHANGED
    if approver_id == author_id:
        return ApprovalRefusal.OWN_WORK
    if approver_id in earlier_approver_ids:
        return ApprovalRefusal.ALREADY_APPROVED
    return None


def format_period(start: date, end: date | None = None) -> str:
    """`Le 17 octobre 2022`, `Du 15 au 16 septembre 2022`: what is common is said once."""
    end = end or start
    if start == end:
        return f"Le {format_date(start)}"
    words = format_date(start).split("\u00a0")
    common = 0 if start.year != end.year else 1 if start.month != end.month else 2
    first = "\u00a0".join(words[: len(words) - common])
    return f"Du {first} au {format_date(end)}"


def next_number(last: int | None) -> int:
    """The number that follows; the first issue is number 1."""
    return (last or 0) + 1

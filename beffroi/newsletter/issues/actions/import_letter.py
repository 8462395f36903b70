"""Make a past letter into an issue of the archive."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from beffroi.foundations.accounts.models import User
from beffroi.foundations.audit.actions import record_act
from beffroi.foundations.audit.queries import acts_on
from beffroi.newsletter.issues import rules
from beffroi.newsletter.issues.letter_markdown import (
    Letter,
    Placeholder,
    Section,
    read_letter,
)
from beffroi.newsletter.issues.models import IssuePage, NewsletterPage

VERB = "import_letter"
HOUR = time(9)  # a letter gives a day: the archive needs an instant of it


class NewsletterMissing(Exception):
    """The site has no letter yet to which an issue could belong."""

    def __init__(self) -> None:
        super().__init__(
            "le site n’a pas encore de lettre d’information : « beffroi migrate » crée ses pages"
        )


class IssueExists(Exception):
    """The number is taken by an issue that does not come from this source."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"le numéro {number} existe déjà et ne vient pas de ce texte : rien n’est changé"
        )
        self.number = number


@dataclass(frozen=True)
class ImportedLetter:
    """The issue and what was read; `is_new` is false when this very text was there already."""

    issue: IssuePage
    letter: Letter
    is_new: bool

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections in order, each with its items."""
        return self.letter.sections

    @property
    def items(self) -> int:
        """How many items the sections hold."""
        return sum(len(section.items) for section in self.letter.sections)

    @property
    def links(self) -> int:
        """How many links lead somewhere."""
        return self.letter.links

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """The links that lead nowhere."""
        return self.letter.placeholders


def import_letter(
    *, source: str, imported_at: datetime, actor: User | None = None
) -> ImportedLetter:
    """Publish the letter whose Markdown is `source` as an issue of its own date.

    Raises MastheadMissing, NewsletterMissing, and IssueExists when the number is taken by
    anything but this same text. The same text a second time changes nothing.
    """
    letter = read_letter(source)
    fingerprint = _fingerprint(source)
    standing = IssuePage.objects.filter(number=letter.number).first()
    if standing is not None:
        if not _comes_from(standing, fingerprint):
            raise IssueExists(letter.number)
        return ImportedLetter(standing, letter, is_new=False)
    try:
        with transaction.atomic():
            issue = _publish(letter, actor)
            record_act(
                verb=VERB,
                target=issue,
                at=imported_at,
                actor=actor,
                changes={"source": [None, fingerprint]},
            )
    except (IntegrityError, ValidationError) as refused:
        if IssuePage.objects.filter(number=letter.number).exists():
            raise IssueExists(letter.number) from refused
        raise
    return ImportedLetter(issue, letter, is_new=True)


def _fingerprint(source: str) -> str:
    """Of the text, whatever its line endings."""
    return hashlib.sha256("\n".join(source.splitlines()).encode()).hexdigest()


def _comes_from(issue: IssuePage, fingerprint: str) -> bool:
    return any(
        act.changes.get("source") == [None, fingerprint] for act in acts_on(issue, verb=VERB)
    )


def _publish(letter: Letter, actor: User | None) -> IssuePage:
    newsletter = NewsletterPage.objects.order_by("-live", "pk").first()
    if newsletter is None:
        raise NewsletterMissing
    issue: IssuePage = newsletter.add_child(
        instance=IssuePage(
            title=rules.default_title(letter.number),
            number=letter.number,
            issued_on=letter.issued_on,
            headline=letter.introduction,
            body=json.dumps(_body(letter)),
            owner=actor,
            first_published_at=_instant(letter.issued_on),
        )
    )
    issue.save_revision(user=actor).publish(user=actor)
    issue.refresh_from_db()
    return issue


def _instant(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, HOUR))


def _body(letter: Letter) -> list[dict[str, Any]]:
    """The raw body, whose blocks keep the same identifiers whenever the same letter is read."""
    return [
        {
            "type": "section",
            "id": _identifier(letter, place),
            "value": {
                "title": section.title,
                "items": [
                    {"type": item.kind, "id": _identifier(letter, place, rank), "value": item.value}
                    for rank, item in enumerate(section.items)
                ],
            },
        }
        for place, section in enumerate(letter.sections)
    ]


def _identifier(letter: Letter, *places: int) -> str:
    return str(uuid5(NAMESPACE_URL, "/".join(map(str, ("letter", letter.number, *places)))))

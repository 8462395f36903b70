"""Letters, readers, approvers and opened mailings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from beffroi.foundations.accounts.models import User
from beffroi.newsletter.delivery.actions import open_mailing
from beffroi.newsletter.delivery.engine.transport import Relay, SmtpTransport
from beffroi.newsletter.delivery.models import Mailing
from beffroi.newsletter.delivery.rules import (
    TOKEN_SLOT,
    ApprovalProof,
    Letter,
    Recipient,
    Sender,
    content_hash,
)

NOON = datetime(2022, 9, 23, 12, tzinfo=UTC)

LETTER = Letter(
    subject="Petites villes de demain\u00a0: la lettre n°\u00a017",
    html=(
        "<!doctype html>\n<html lang='fr'><p>L’actualité des communes</p>\n"
        f"<a href='https://lettre.test/d/{TOKEN_SLOT}/?retour=oui&amp;numero=17'>Se désabonner</a>"
    ),
    text=f"L’actualité des communes\n.\nSe désabonner : https://lettre.test/d/{TOKEN_SLOT}/\n",
    sender=Sender("La lettre", "lettre@lettre.test", "reponse@lettre.test"),
    list_id="lettre.lettre.test",
    unsubscribe_url=f"https://lettre.test/d/{TOKEN_SLOT}/",
    audience="tous les abonnés",
    scheduled_for=NOON,
)


class FakeClock:
    """A clock that jumps where others would wait."""

    def __init__(self, now: datetime = NOON) -> None:
        self.instant = now
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.instant

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.advance(seconds=seconds)

    def advance(self, **duration: float) -> None:
        self.instant += timedelta(**duration)


def readers(count: int) -> list[Recipient]:
    """That many readers, numbered from 0."""
    return [Recipient(f"p{n}", f"lecteur{n}@mairie.test", f"jeton-{n}") for n in range(count)]


def approvers() -> tuple[User, User]:
    """Two different people."""
    first, _ = User.objects.get_or_create(email="une@agence.test")
    second, _ = User.objects.get_or_create(email="deux@agence.test")
    return first, second


def proofs_of(letter: Letter, people: Iterable[User] | None = None) -> list[ApprovalProof]:
    """That each of these people, or two of them, approved this very letter."""
    of = content_hash(letter)
    return [ApprovalProof(person.pk, of, NOON) for person in people or approvers()]


def opened(
    number: int = 17, count: int = 3, recipients: Iterable[Recipient] = (), **changes: Any
) -> Mailing:
    """A mailing of `LETTER` to `count` readers, approved as it must be."""
    letter = replace(LETTER, **changes)
    return open_mailing(
        number=number,
        letter=letter,
        recipients=list(recipients) or readers(count),
        proofs=proofs_of(letter),
        opened_at=NOON,
    )


def transport_to(port: int, **changes: Any) -> SmtpTransport:
    """A transport to a sink, with times short enough for tests."""
    relay = Relay(host="127.0.0.1", port=port, timeout=5, last_timeout=5)
    return SmtpTransport(replace(relay, **changes))

"""What decides from values alone: addresses, wordings, states, quotas, suppressions, tokens."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from email_validator import EmailNotValidError, validate_email

CONFIRMATION_LIFE = timedelta(days=7)
UNCONFIRMED_LIFE = timedelta(days=30)
WITHDRAWN_LIFE = timedelta(days=3 * 365 + 1)
CONFIRMATIONS_PER_DAY = 5
CONFIRMATION_PAUSE = timedelta(hours=1)
REMINDER_PAUSE = timedelta(days=1)
FORM_TOO_FAST = timedelta(seconds=2)
FORM_TOO_OLD = timedelta(days=1)

CURRENT_WORDING = "2026-11"
# A text that someone has agreed to is never edited: a change is a new version.
_WORDINGS = {
    "2026-11": (
        "En m’inscrivant, j’accepte de recevoir cette lettre d’information par courriel. "
        "Mon adresse ne sert qu’à cet envoi et n’est transmise à personne d’autre. Elle sert "
        "jusqu’à ma désinscription, possible en un clic dans chaque lettre, puis reste trois ans "
        "avec la preuve de mon accord. Je peux à tout moment demander à la consulter, la corriger "
        "ou l’effacer."
    ),
}


class AddressRefused(Exception):
    """The text cannot be an address the letter can reach; str() says why, in French."""

    def __init__(self, value: str, reason: str) -> None:
        super().__init__(reason)
        self.value = value


@dataclass(frozen=True)
class Address:
    """An address as typed, and the key under which it is one and the same."""

    email: str
    key: str


class SubscriberRow(NamedTuple):
    """One line of an imported list; the header of a file is its line 1."""

    line: int
    address: str


def parse_address(text: str) -> Address:
    """Check an address without asking the network; its domain is kept in ASCII in the key.

    Raises AddressRefused. An accent before the @ is refused: most relays cannot carry it.
    """
    text = text.strip()
    if not text:
        raise AddressRefused(text, "l’adresse est vide")
    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False, strict=True)
    except EmailNotValidError:
        raise AddressRefused(text, _refusal(text)) from None
    return Address(found.normalized, str(found.ascii_email).lower())


def _refusal(text: str) -> str:
    local, at, domain = text.rpartition("@")
    if not at:
        return "il manque le signe @"
    if len(text) > 254 or len(local) > 64:  # noqa: PLR2004 - RFC 5321, 4.5.3.1
        return "l’adresse est trop longue"
    if not local.isascii():
        return "les lettres accentuées avant le signe @ ne sont pas acceptées"
    if "." not in domain:
        return "il manque la fin de l’adresse, par exemple « .fr »"
    return "ce n’est pas une adresse électronique valide"


def mail_address(*, email: str, address_key: str) -> str:
    """The address a relay can carry: the name before the @ as typed, the domain in ASCII."""
    return f"{email.rpartition('@')[0]}@{address_key.rpartition('@')[2]}"


def wording(version: str) -> str:
    """The full text that was agreed to under this version. Raises KeyError when unknown."""
    return _WORDINGS[version]


def may_ask_again(*, sent_at: Collection[datetime], at: datetime) -> bool:
    """Whether a confirmation mail may leave: one an hour and five a day for one address."""
    last_day = [instant for instant in sent_at if at - instant < timedelta(days=1)]
    if len(last_day) >= CONFIRMATIONS_PER_DAY:
        return False
    return all(at - instant >= CONFIRMATION_PAUSE for instant in last_day)


def may_remind(*, reminded_at: datetime | None, at: datetime) -> bool:
    """Whether « vous êtes déjà inscrit » may be said again: once a day."""
    return reminded_at is None or at - reminded_at >= REMINDER_PAUSE


# From the weakest to the strongest: a stronger reason replaces a weaker one, never the reverse.
SUPPRESSION_STRENGTH = ("unsubscribed", "bounced", "complaint", "objection", "erased")
# A person who asks again and proves it by mail has come back from these two. A complaint, an
# objection and an erasure are lifted at the desk, on that person's own written request.
LIFTED_BY_SIGN_UP = frozenset({"unsubscribed", "bounced"})
# A mailbox that answers no more has not withdrawn any consent.
PERSONS_OWN_ACTS = frozenset({"unsubscribed", "complaint", "objection", "erased"})


def strongest(reasons: Iterable[str]) -> str:
    """The suppression that prevails among several."""
    return max(reasons, key=SUPPRESSION_STRENGTH.index)


def form_refusal(*, opened_at: datetime | None, at: datetime) -> str | None:
    """Why a form comes too fast, too late or from nowhere; None when it may pass."""
    if opened_at is None or at - opened_at > FORM_TOO_OLD:
        return "too_old"
    if at - opened_at < FORM_TOO_FAST:
        return "too_fast"
    return None


_SEAL_BYTES = 16


def seal(uid: UUID, *, key: bytes) -> str:
    """A compact opaque text that only the holder of `key` can make: 43 URL-safe characters."""
    mark = hmac.digest(key, uid.bytes, hashlib.sha256)[:_SEAL_BYTES]
    return urlsafe_b64encode(uid.bytes + mark).rstrip(b"=").decode()


def unseal(token: str, *, keys: Iterable[bytes]) -> UUID | None:
    """The uid inside a sealed text, or None when no key made exactly this text."""
    try:
        raw = urlsafe_b64decode(token.encode("ascii") + b"=")
    except (ValueError, UnicodeEncodeError):
        return None
    if len(raw) != 2 * _SEAL_BYTES:
        return None
    uid = UUID(bytes=raw[:16])
    # Comparing whole texts also refuses the twins that base64 decodes to the same bytes.
    made = (seal(uid, key=key) for key in keys)
    return uid if any(hmac.compare_digest(token, text) for text in made) else None

"""What the site's secret key seals: links of letters and mails, and hashes of addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_bytes

from .rules import CONFIRMATION_LIFE, seal, unseal

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LEAVE_SALT = "beffroi.audience.leave"
_HASH_SALT = "beffroi.audience.suppression"


class InvalidToken(Exception):
    """The link was altered, made up, or replaced by a later one."""


class ExpiredToken(Exception):
    """The link is genuine and too old."""


@dataclass(frozen=True)
class Ask:
    """The request a confirmation link stands for."""

    uid: UUID
    asked_at: datetime


def hash_address(address_key: str) -> str:
    """The keyed hash under which an address is suppressed: 64 hexadecimal digits."""
    return salted_hmac(_HASH_SALT, address_key, algorithm="sha256").hexdigest()


def _leave_key(secret: str | bytes) -> bytes:
    return sha256(_LEAVE_SALT.encode() + force_bytes(secret)).digest()


def leave_token(uid: UUID) -> str:
    """The token of a person's way out of every letter; it never expires."""
    return seal(uid, key=_leave_key(settings.SECRET_KEY))


def open_leave_token(token: str) -> UUID:
    """The uid behind a leave token. Raises InvalidToken."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    uid = unseal(token, keys=map(_leave_key, secrets))
    if uid is None:
        raise InvalidToken
    return uid


def _confirmations() -> Signer:
    return Signer(salt="beffroi.audience.confirmation", sep=".")


def confirmation_token(*, uid: UUID, asked_at: datetime) -> str:
    """The token of one request, bound to its instant: the next request makes it stale."""
    instant = (asked_at - _EPOCH) // timedelta(microseconds=1)
    return _confirmations().sign(f"{uid.hex}.{instant:x}")


def open_confirmation_token(*, token: str, at: datetime) -> Ask:
    """The request behind a confirmation token read at the instant `at`.

    Raises InvalidToken, or ExpiredToken after seven days. The age comes from the signed instant
    rather than from the signer's own clock, so that every caller decides what time it is.
    """
    try:
        uid, _, instant = _confirmations().unsign(token).partition(".")
        asked_at = _EPOCH + timedelta(microseconds=int(instant, 16))
        ask = Ask(UUID(hex=uid), asked_at)
    except (BadSignature, ValueError):
        raise InvalidToken from None
    if at - ask.asked_at > CONFIRMATION_LIFE:
        raise ExpiredToken
    return ask


def form_stamp(*, at: datetime) -> str:
    """The instant a form was opened at, signed, for its hidden field."""
    return Signer(salt="beffroi.audience.form").sign(at.isoformat())


def read_form_stamp(stamp: str) -> datetime | None:
    """The instant inside a form's stamp, or None when it is not ours."""
    try:
        return datetime.fromisoformat(Signer(salt="beffroi.audience.form").unsign(stamp))
    except (BadSignature, ValueError):
        return None

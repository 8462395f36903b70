"""Reads: who receives the letter, how many they are, and one reader by address."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from beffroi.newsletter.delivery.rules import Recipient

from .models import Subscriber, SubscriberState, Suppression, SuppressionReason
from .rules import AddressRefused, mail_address, parse_address
from .tokens import Ask, InvalidToken, hash_address, leave_token

_CHUNK = 2_000


def recipients() -> Iterator[Recipient]:
    """Everyone a letter goes to, in the order of their arrival, streamed from the database.

    Confirmed, not withdrawn, not suppressed. Memory stays flat whatever their number.
    """
    rows = Subscriber.objects.receiving().order_by("pk")
    for uid, email, key in rows.values_list("uid", "email", "address_key").iterator(_CHUNK):
        address = mail_address(email=email, address_key=key)
        yield Recipient(key=uid.hex, address=address, token=leave_token(uid))


def audience_size() -> int:
    """How many recipients there are now."""
    return Subscriber.objects.receiving().count()


def describe_audience() -> str:
    """The canonical words for the audience, part of what approvers sign."""
    return "tous les abonnés confirmés"


def leave_address(token: str) -> str:
    """The full address of the page that leaves the letter, for a token or its placeholder."""
    return f"{settings.BEFFROI_SITE_URL}{reverse('audience:leave', args=[token])}"


def sign_up_address() -> str:
    """The full address of the sign-up page."""
    return f"{settings.BEFFROI_SITE_URL}{reverse('audience:sign_up')}"


def find_subscriber(address: str) -> Subscriber | None:
    """The reader known under this address, however it is typed."""
    try:
        key = parse_address(address).key
    except AddressRefused:
        return None
    return Subscriber.objects.filter(address_key=key).first()


def find_suppression(address: str) -> Suppression | None:
    """What forbids writing to this address, if anything does."""
    try:
        key = parse_address(address).key
    except AddressRefused:
        return None
    return Suppression.objects.filter(address_hash=hash_address(key)).first()


def suppression_of(subscriber: Subscriber) -> SuppressionReason | None:
    """Why nothing is written to this reader, if so."""
    found = Suppression.objects.filter(address_hash=subscriber.address_hash).first()
    return SuppressionReason(found.reason) if found else None


def has_confirmed(ask: Ask) -> bool:
    """Whether the reader behind this request is confirmed already.

    Raises InvalidToken when the request is closed and the reader is not confirmed.
    """
    subscriber = Subscriber.objects.filter(uid=ask.uid).first()
    if subscriber is None:
        raise InvalidToken
    if subscriber.asked_at == ask.asked_at:
        return False
    if not subscriber.is_confirmed:
        raise InvalidToken
    return True


def has_left(uid: UUID) -> bool:
    """Whether the reader of this uid gets no more letters, erased ones included."""
    subscriber = Subscriber.objects.filter(uid=uid).first()
    return subscriber is None or subscriber.state == SubscriberState.WITHDRAWN

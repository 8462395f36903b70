"""Someone gives an address and asks for the letter."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from .. import tasks
from ..models import Channel, Consent, ConsentKind, Subscriber, Suppression
from ..rules import (
    CURRENT_WORDING,
    LIFTED_BY_SIGN_UP,
    Address,
    may_ask_again,
    may_remind,
    parse_address,
)
from ..tokens import hash_address


def subscribe(*, address: str, at: datetime, channel: Channel = Channel.WEB) -> None:
    """Open a request for this address and have its confirmation link mailed.

    Says nothing of whether the address was known: a stranger who types it learns nothing.
    A subscribed address is told so at most once a day. An address whose owner complained,
    objected or was erased gets no mail at all, since anyone may type it here.

    Raises AddressRefused when the text cannot be an address.
    """
    parsed = parse_address(address)
    address_hash = hash_address(parsed.key)
    with transaction.atomic():
        suppression = Suppression.objects.filter(address_hash=address_hash).first()
        if suppression and suppression.reason not in LIFTED_BY_SIGN_UP:
            return
        subscriber = _locked_subscriber(parsed, address_hash, at)
        if subscriber.is_confirmed and suppression is None:
            _remind(subscriber, at)
        else:
            _ask(subscriber, at, channel)


def _locked_subscriber(address: Address, address_hash: str, at: datetime) -> Subscriber:
    subscriber, _ = Subscriber.objects.select_for_update().get_or_create(
        address_key=address.key,
        defaults={"email": address.email, "address_hash": address_hash, "asked_at": at},
    )
    return subscriber


def _ask(subscriber: Subscriber, at: datetime, channel: Channel) -> None:
    """Mail a link, unless enough were: each row « asked » of the ledger is one mail sent."""
    asks = subscriber.consents.filter(kind=ConsentKind.ASKED, at__gt=at - timedelta(days=1))
    if not may_ask_again(sent_at=list(asks.values_list("at", flat=True)), at=at):
        return
    subscriber.ask(at=at)
    Consent.objects.create(
        subscriber=subscriber,
        kind=ConsentKind.ASKED,
        at=at,
        channel=channel,
        wording_version=CURRENT_WORDING,
    )
    transaction.on_commit(partial(tasks.send_confirmation.enqueue, subscriber.uid.hex))


def _remind(subscriber: Subscriber, at: datetime) -> None:
    if may_remind(reminded_at=subscriber.reminded_at, at=at):
        subscriber.remind(at=at)
        transaction.on_commit(partial(tasks.send_reminder.enqueue, subscriber.uid.hex))

"""Whatever happens in whatever order, nobody who left last is written to."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from beffroi.newsletter.audience.actions import (
    confirm_subscription,
    import_subscribers,
    subscribe,
    suppress_address,
    withdraw_consent,
)
from beffroi.newsletter.audience.models import Channel, Subscriber, SuppressionReason
from beffroi.newsletter.audience.queries import recipients
from beffroi.newsletter.audience.rules import SubscriberRow
from beffroi.newsletter.audience.tokens import (
    ExpiredToken,
    InvalidToken,
    confirmation_token,
    leave_token,
)

from .factories import NOON

ADDRESSES = ("jeanne@mairie.fr", "paul@mairie.fr")
ACTS = ("subscribe", "confirm", "confirm an old link", "withdraw", "import", "bounce")


class Life:
    """Plays acts on two people and remembers, apart from the product, who is owed silence."""

    def __init__(self) -> None:
        self.links: dict[str, list[str]] = {address: [] for address in ADDRESSES}
        self.owed_silence: set[str] = set()
        self.asked_since: set[str] = set()

    def play(self, act: str, address: str, at: datetime) -> None:
        """Do one act, as the pages would."""
        reader = Subscriber.objects.filter(address_key=address).first()
        if act == "subscribe":
            self.subscribe(address, at)
        elif act.startswith("confirm") and self.links[address]:
            self.confirm(address, at, self.links[address][0 if "old" in act else -1])
        elif act == "withdraw" and reader:
            withdraw_consent(token=leave_token(reader.uid), at=at)
            self.owed_silence.add(address)
            self.asked_since.discard(address)
        elif act == "import":
            rows = [SubscriberRow(2, address)]
            import_subscribers(rows=rows, source="l", legal_basis="c", imported_at=at)
        elif act == "bounce":
            reason = SuppressionReason.BOUNCED
            suppress_address(address=address, reason=reason, at=at, channel=Channel.DESK)

    def subscribe(self, address: str, at: datetime) -> None:
        """Ask, and keep the link that a mail would hold."""
        subscribe(address=address, at=at)
        reader = Subscriber.objects.get(address_key=address)
        if reader.asked_at:
            self.asked_since.add(address)
            link = confirmation_token(uid=reader.uid, asked_at=reader.asked_at)
            self.links[address].append(link)

    def confirm(self, address: str, at: datetime, link: str) -> None:
        """Press the button behind a link, the right one or a former one."""
        try:
            confirm_subscription(token=link, at=at)
        except (InvalidToken, ExpiredToken):
            return
        assert address in self.asked_since or address not in self.owed_silence
        self.owed_silence.discard(address)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(ACTS), st.sampled_from(ADDRESSES), st.integers(0, 100)),
        max_size=14,
    )
)
def test_nobody_whose_last_act_was_to_leave_is_a_recipient(
    acts: list[tuple[str, str, int]],
) -> None:
    with transaction.atomic():
        life, at = Life(), NOON
        for act, address, hours in acts:
            at += timedelta(hours=hours)
            life.play(act, address, at)
            reached = {recipient.address for recipient in recipients()}
            assert not reached & life.owed_silence
        transaction.set_rollback(True)

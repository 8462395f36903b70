"""Confirming from the link received."""

from __future__ import annotations

from datetime import timedelta

import pytest

from beffroi.newsletter.audience.actions import (
    StillSuppressed,
    confirm_subscription,
    subscribe,
    suppress_address,
    withdraw_consent,
)
from beffroi.newsletter.audience.models import (
    Channel,
    Subscriber,
    Suppression,
    SuppressionReason,
)
from beffroi.newsletter.audience.queries import audience_size
from beffroi.newsletter.audience.tokens import (
    ExpiredToken,
    InvalidToken,
    confirmation_token,
    leave_token,
)

from .factories import NOON, make_subscriber, make_suppression

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=5)


def link_of(reader: Subscriber) -> str:
    """The token in the last mail this reader was sent."""
    reader.refresh_from_db()
    assert reader.asked_at is not None
    return confirmation_token(uid=reader.uid, asked_at=reader.asked_at)


def test_makes_a_recipient_and_a_line_of_the_ledger() -> None:
    reader = make_subscriber(pending=True)
    confirm_subscription(token=link_of(reader), at=LATER)
    reader.refresh_from_db()
    assert (reader.confirmed_at, reader.asked_at) == (LATER, None)
    assert [consent.kind for consent in reader.consents.all()] == ["confirmed"]
    assert audience_size() == 1


def test_a_second_click_changes_nothing() -> None:
    reader = make_subscriber(pending=True)
    token = link_of(reader)
    confirm_subscription(token=token, at=LATER)
    confirm_subscription(token=token, at=LATER + timedelta(days=1))
    reader.refresh_from_db()
    assert reader.confirmed_at == LATER
    assert reader.consents.count() == 1


def test_refuses_a_link_older_than_seven_days() -> None:
    token = link_of(make_subscriber(pending=True))
    with pytest.raises(ExpiredToken):
        confirm_subscription(token=token, at=NOON + timedelta(days=7, seconds=1))
    confirm_subscription(token=token, at=NOON + timedelta(days=7))


def test_refuses_a_link_replaced_by_a_later_one() -> None:
    reader = make_subscriber(pending=True)
    token = link_of(reader)
    subscribe(address=reader.email, at=NOON + timedelta(hours=2))
    with pytest.raises(InvalidToken):
        confirm_subscription(token=token, at=NOON + timedelta(hours=3))
    confirm_subscription(token=link_of(reader), at=NOON + timedelta(hours=3))


def test_refuses_an_old_link_after_leaving() -> None:
    reader = make_subscriber(pending=True)
    token = link_of(reader)
    confirm_subscription(token=token, at=LATER)
    withdraw_consent(token=leave_token(reader.uid), at=LATER + timedelta(hours=1))
    with pytest.raises(InvalidToken):
        confirm_subscription(token=token, at=LATER + timedelta(hours=2))


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é", "." * 90, "0" * 300])
def test_refuses_a_link_made_up(token: str) -> None:
    with pytest.raises(InvalidToken):
        confirm_subscription(token=token, at=NOON)


def test_refuses_a_link_altered_anywhere() -> None:
    token = link_of(make_subscriber(pending=True))
    for place in range(len(token)):
        letter = "0" if token[place] != "0" else "1"
        with pytest.raises(InvalidToken):
            confirm_subscription(token=token[:place] + letter + token[place + 1 :], at=LATER)
    assert audience_size() == 0


@pytest.mark.parametrize("reason", [SuppressionReason.UNSUBSCRIBED, SuppressionReason.BOUNCED])
def test_lifts_what_the_proof_by_mail_contradicts(reason: SuppressionReason) -> None:
    reader = make_subscriber()
    suppress_address(address=reader.email, reason=reason, at=NOON, channel=Channel.WEB)
    assert audience_size() == 0
    subscribe(address=reader.email, at=LATER)
    confirm_subscription(token=link_of(reader), at=LATER)
    assert audience_size() == 1
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("reason", ["complaint", "objection", "erased"])
def test_never_lifts_a_complaint_an_objection_or_an_erasure(reason: str) -> None:
    reader = make_subscriber(pending=True, email="partie@mairie.example")
    make_suppression(reason=reason)
    with pytest.raises(StillSuppressed):
        confirm_subscription(token=link_of(reader), at=LATER)
    assert audience_size() == 0

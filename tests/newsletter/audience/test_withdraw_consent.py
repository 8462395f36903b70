"""Leaving, and what leaving leaves behind."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from beffroi.foundations.audit.models import AuditEntry
from beffroi.newsletter.audience.actions import (
    NotSuppressed,
    ReasonMissing,
    erase_subscriber,
    forget_unconfirmed,
    forget_withdrawn,
    lift_suppression,
    suppress_address,
    unsubscribe_reader,
    withdraw_consent,
)
from beffroi.newsletter.audience.models import (
    Channel,
    Subscriber,
    Suppression,
    SuppressionReason,
)
from beffroi.newsletter.audience.queries import audience_size, find_suppression
from beffroi.newsletter.audience.tokens import InvalidToken, hash_address, leave_token

from .factories import NOON, make_subscriber, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def pushed(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What was pushed to the running mailings."""
    calls: list[dict[str, Any]] = []
    module = import_module("beffroi.newsletter.audience.actions.suppress_address")
    monkeypatch.setattr(module, "suppress_recipient", lambda **given: calls.append(given))
    return calls


def test_suppresses_at_once_and_in_the_running_mailings(pushed: list[dict[str, Any]]) -> None:
    reader = make_subscriber()
    withdraw_consent(token=leave_token(reader.uid), at=NOON, channel=Channel.ONE_CLICK)
    consent = reader.consents.get()
    assert (consent.kind, consent.channel, consent.at) == ("withdrawn", "one_click", NOON)
    assert audience_size() == 0
    assert pushed == [{"recipient_key": reader.uid.hex, "at": NOON}]


def test_leaving_twice_is_leaving_once() -> None:
    reader = make_subscriber()
    for minutes in (0, 5):
        at = NOON + timedelta(minutes=minutes)
        withdraw_consent(token=leave_token(reader.uid), at=at)
    reader.refresh_from_db()
    assert reader.withdrawn_at == NOON
    assert reader.consents.count() == 1
    assert Suppression.objects.get().at == NOON


def test_writes_nothing_when_the_mailings_cannot_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError

    module = import_module("beffroi.newsletter.audience.actions.suppress_address")
    monkeypatch.setattr(module, "suppress_recipient", fail)
    reader = make_subscriber()
    with pytest.raises(RuntimeError):
        withdraw_consent(token=leave_token(reader.uid), at=NOON)
    assert audience_size() == 1
    assert not Suppression.objects.exists()


def test_refuses_a_token_made_up_and_forgives_an_erased_reader() -> None:
    make_subscriber()
    with pytest.raises(InvalidToken):
        withdraw_consent(token="A" * 43, at=NOON)
    withdraw_consent(token=leave_token(uuid4()), at=NOON)
    assert audience_size() == 1


def test_a_mailbox_in_error_withdraws_no_consent(pushed: list[dict[str, Any]]) -> None:
    reader = make_subscriber()
    suppress_address(
        address=reader.email, reason=SuppressionReason.BOUNCED, at=NOON, channel=Channel.DESK
    )
    reader.refresh_from_db()
    assert reader.is_confirmed
    assert audience_size() == 0
    assert len(pushed) == 1


def test_a_weaker_reason_never_replaces_a_stronger_one() -> None:
    for reason in (SuppressionReason.OBJECTION, SuppressionReason.BOUNCED):
        suppress_address(address="a@b.fr", reason=reason, at=NOON, channel=Channel.DESK)
    assert Suppression.objects.get().reason == SuppressionReason.OBJECTION


def test_erasure_leaves_a_hash_and_no_address() -> None:
    reader = make_subscriber(email="Jeanne@Mairie.example", address_key="jeanne@mairie.example")
    assert erase_subscriber(address="JEANNE@mairie.example", at=NOON)
    assert not Subscriber.objects.exists()
    suppression = Suppression.objects.get()
    assert suppression.reason == SuppressionReason.ERASED
    assert suppression.address_hash == hash_address(reader.address_key)
    assert not erase_subscriber(address="jeanne@mairie.example", at=NOON)


def test_suppression_survives_the_deletion_of_the_reader() -> None:
    reader = make_subscriber(email="jeanne@mairie.example")
    withdraw_consent(token=leave_token(reader.uid), at=NOON)
    reader.delete()
    assert find_suppression("Jeanne@MAIRIE.example") is not None


def test_forgets_after_thirty_days_those_who_never_confirmed() -> None:
    make_subscriber(pending=True)
    kept = make_subscriber(pending=True, withdrawn_at=NOON)
    make_subscriber()
    assert forget_unconfirmed(at=NOON + timedelta(days=30)) == 0
    assert forget_unconfirmed(at=NOON + timedelta(days=30, seconds=1)) == 1
    assert Subscriber.objects.filter(pk=kept.pk).exists()


def test_forgets_three_years_later_those_who_left_but_not_that_they_did() -> None:
    reader = make_subscriber()
    withdraw_consent(token=leave_token(reader.uid), at=NOON)
    make_subscriber()
    assert forget_withdrawn(at=NOON + timedelta(days=3 * 365)) == 0
    assert forget_withdrawn(at=NOON + timedelta(days=3 * 365 + 2)) == 1
    assert find_suppression(reader.email) is not None
    assert audience_size() == 1


def test_the_daily_command_forgets_both_kinds(capsys: pytest.CaptureFixture[str]) -> None:
    long_ago = NOON - timedelta(days=2_000)
    make_subscriber(pending=True, asked_at=long_ago)
    make_subscriber(withdrawn_at=long_ago)
    call_command("forget_readers")
    assert "1 jamais confirmé(s), 1 désinscrit(s)" in capsys.readouterr().out
    assert not Subscriber.objects.exists()


def test_the_desk_unsubscribes_with_a_reason_that_the_trail_keeps() -> None:
    actor, reader = make_user("withdraw_subscriber"), make_subscriber()
    unsubscribe_reader(subscriber=reader, actor=actor, reason=" Demande par lettre ", at=NOON)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.reason) == (
        "unsubscribe_reader",
        actor,
        "Demande par lettre",
    )
    assert reader.consents.get().evidence == "Demande par lettre"
    assert audience_size() == 0


def test_the_desk_unsubscribes_nobody_without_the_right_or_a_reason() -> None:
    reader = make_subscriber()
    with pytest.raises(PermissionDenied):
        unsubscribe_reader(subscriber=reader, actor=make_user(), reason="Lettre", at=NOON)
    actor = make_user("withdraw_subscriber")
    with pytest.raises(ReasonMissing):
        unsubscribe_reader(subscriber=reader, actor=actor, reason=" ", at=NOON)
    assert audience_size() == 1


def test_the_desk_lifts_an_objection_without_subscribing_anyone() -> None:
    actor = make_user("lift_suppression")
    reader = make_subscriber()
    suppress_address(
        address=reader.email, reason=SuppressionReason.OBJECTION, at=NOON, channel=Channel.DESK
    )
    lift_suppression(address=reader.email, actor=actor, reason="Lettre du 2 mars", at=NOON)
    assert audience_size() == 0
    assert reader.email not in AuditEntry.objects.get().target
    with pytest.raises(NotSuppressed):
        lift_suppression(address=reader.email, actor=actor, reason="Encore", at=NOON)

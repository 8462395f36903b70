"""A worker against a real SMTP server that accepts, refuses, defers and disappears."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from beffroi.newsletter.delivery.actions import (
    ContentChanged,
    Delivery,
    NotYetDue,
    deliver_mailing,
    suppress_recipient,
)
from beffroi.newsletter.delivery.models import Attempt, LedgerRow, Mailing, Worker
from beffroi.newsletter.delivery.queries import ledger
from beffroi.newsletter.delivery.rules import Ledger, Outcome

from .factories import LETTER, NOON, FakeClock, opened, transport_to
from .sink import DROP, Sink

pytestmark = pytest.mark.django_db


def deliver(mailing: Mailing, sink: Sink, **options: Any) -> Delivery:
    options.setdefault("clock", FakeClock())
    options.setdefault("transport", transport_to(sink.port))
    return deliver_mailing(mailing_id=mailing.pk, jitter=lambda: 0.5, **options)


def row(mailing: Mailing, n: int) -> LedgerRow:
    return mailing.rows.get(recipient_key=f"p{n}")


def test_everybody_gets_their_own_letter_once(sink: Sink) -> None:
    mailing = opened(count=120)
    delivery = deliver(mailing, sink)
    assert delivery == Delivery(Ledger(17, 120, accepted=120), None, "", is_halted=False)
    assert set(sink.copies.values()) == {1}
    assert sink.connections == 1
    for taken in sink.taken:
        n = taken.recipient.removeprefix("lecteur").partition("@")[0]
        assert f"/d/jeton-{n}/" in taken.message["List-Unsubscribe"]
    mailing.refresh_from_db()
    assert (mailing.state, mailing.finished_at) == ("finished", NOON)


def test_keeps_the_relays_answer_and_the_message_id(sink: Sink) -> None:
    mailing = opened(count=1)
    deliver(mailing, sink)
    kept = row(mailing, 0)
    assert (kept.smtp_code, kept.smtp_text, kept.attempts) == (250, "ok: queued", 1)
    assert kept.message_id == sink.taken[0].message_id
    assert not Attempt.objects.exists()


def test_tells_its_progress(sink: Sink) -> None:
    sink.at_rcpt = {"lecteur3@mairie.test": ["550 unknown"]}
    seen: list[Any] = []
    deliver(opened(count=12), sink, on_progress=seen.append)
    assert sum(counts[Outcome.ACCEPTED] for counts in seen) == 11
    assert sum(counts[Outcome.REFUSED] for counts in seen) == 1


@pytest.mark.parametrize("stage", ["at_rcpt", "at_data", "at_dot"])
def test_a_final_no_refuses_that_recipient_alone(sink: Sink, stage: str) -> None:
    setattr(sink, stage, {"lecteur1@mairie.test": ["550 5.1.1 inconnu"]})
    mailing = opened(count=3)
    assert deliver(mailing, sink).ledger == Ledger(17, 3, accepted=2, refused=1)
    refused = row(mailing, 1)
    assert (refused.smtp_code, refused.smtp_text) == (550, "5.1.1 inconnu")
    assert Attempt.objects.get().row == refused
    assert sink.connections == 1


@pytest.mark.parametrize("stage", ["at_rcpt", "at_data", "at_dot"])
def test_a_passing_no_is_tried_again_later(sink: Sink, stage: str) -> None:
    setattr(sink, stage, {"lecteur1@mairie.test": ["450 plus tard"] * 2})
    mailing, clock = opened(count=3), FakeClock()
    first = deliver(mailing, sink, clock=clock)
    assert first.ledger == Ledger(17, 3, accepted=2, pending=1)
    assert first.next_due_at == NOON + timedelta(minutes=1)
    clock.advance(minutes=1)
    second = deliver(mailing, sink, clock=clock)
    assert second.next_due_at == NOON + timedelta(minutes=3)
    clock.advance(minutes=2)
    assert deliver(mailing, sink, clock=clock).ledger == Ledger(17, 3, accepted=3)
    assert set(sink.copies.values()) == {1}
    assert [attempt.smtp_code for attempt in Attempt.objects.all()] == [450, 450]


def test_waits_for_the_retries_when_asked(sink: Sink) -> None:
    sink.at_rcpt = {"lecteur1@mairie.test": ["450 plus tard"] * 4}
    clock = FakeClock()
    assert deliver(opened(count=3), sink, clock=clock, wait=True).ledger.accepted == 3
    assert clock.instant - NOON == timedelta(minutes=1 + 2 + 4 + 8)


def test_a_passing_no_for_48_hours_expires(sink: Sink) -> None:
    sink.at_rcpt = {"lecteur1@mairie.test": ["450 plus tard"] * 1000}
    mailing, clock = opened(count=2), FakeClock()
    while due := (delivery := deliver(mailing, sink, clock=clock)).next_due_at:
        clock.instant = due
    assert delivery.ledger == Ledger(17, 2, accepted=1, expired=1)
    assert clock.instant - NOON == timedelta(hours=48)


@pytest.mark.parametrize("stage", ["at_mail", "at_rcpt", "at_data"])
def test_a_connection_lost_before_the_message_left_is_no_doubt(sink: Sink, stage: str) -> None:
    setattr(sink, stage, {"lecteur1@mairie.test": [DROP], "lettre@lettre.test": [DROP]})
    mailing = opened(count=3)
    delivery = deliver(mailing, sink, wait=True)
    assert delivery.ledger == Ledger(17, 3, accepted=3)
    assert set(sink.copies.values()) == {1}
    assert sink.connections == 2


def test_a_lost_final_answer_ends_uncertain_with_the_same_message_id(sink: Sink) -> None:
    sink.at_dot = {"lecteur1@mairie.test": [DROP]}
    mailing = opened(count=3)
    delivery = deliver(mailing, sink, wait=True)
    assert delivery.ledger == Ledger(17, 3, accepted=2, uncertain=1)
    assert sink.copies["lecteur1@mairie.test"] == 2
    assert len({taken.message_id for taken in sink.taken}) == 3
    assert row(mailing, 1).outcome == Outcome.UNCERTAIN


def test_a_relay_that_drops_everything_does_not_make_everybody_uncertain(sink: Sink) -> None:
    sink.at_dot = {"*": [DROP] * 50}
    mailing = opened(count=50)
    delivery = deliver(mailing, sink)
    assert delivery.ledger.pending == 50
    assert "coupé 3 connexions de suite" in delivery.trouble
    assert mailing.rows.filter(is_interrupted=True).count() == 3


def test_a_refused_sender_pauses_and_refuses_nobody(sink: Sink) -> None:
    sink.at_mail = {"lettre@lettre.test": ["550 expéditeur inconnu"]}
    mailing = opened(count=3)
    delivery = deliver(mailing, sink, wait=True)
    assert delivery.is_halted
    assert delivery.ledger == Ledger(17, 3, pending=3)
    mailing.refresh_from_db()
    assert "Le relais refuse l’expéditeur lettre@lettre.test : 550" in mailing.trouble
    assert {kept.attempts for kept in mailing.rows.all()} == {0}
    assert deliver(mailing, sink).ledger.accepted == 3
    mailing.refresh_from_db()
    assert mailing.trouble == ""


def test_a_silent_relay_is_waited_for(sink: Sink) -> None:
    mailing, clock = opened(count=3), FakeClock()
    away = transport_to(1)
    delivery = deliver(mailing, sink, clock=clock, transport=away)
    assert "127.0.0.1:1 ne répond pas" in delivery.trouble
    assert (delivery.ledger.pending, delivery.is_halted) == (3, False)
    assert delivery.next_due_at == NOON + timedelta(minutes=1)
    assert deliver(mailing, sink, clock=clock, wait=True).ledger.accepted == 3


def test_refuses_before_the_scheduled_instant(sink: Sink) -> None:
    mailing = opened(scheduled_for=NOON + timedelta(hours=1))
    with pytest.raises(NotYetDue, match="23/09/2022 à 15:00"):
        deliver(mailing, sink)
    assert sink.taken == []


def test_refuses_a_frozen_letter_that_somebody_touched(sink: Sink) -> None:
    mailing = opened()
    Mailing.objects.update(html=LETTER.html + "!")
    with pytest.raises(ContentChanged):
        deliver(mailing, sink)
    assert sink.taken == []


def test_a_finished_mailing_stays_as_it_is(sink: Sink) -> None:
    mailing = opened()
    deliver(mailing, sink)
    assert deliver(mailing, sink).ledger.accepted == 3
    assert len(sink.taken) == 3


def test_whoever_withdraws_before_the_start_gets_nothing(sink: Sink) -> None:
    mailing = opened(count=3)
    assert suppress_recipient(recipient_key="p1", at=NOON) == 1
    assert deliver(mailing, sink).ledger == Ledger(17, 3, accepted=2, suppressed=1)
    assert "lecteur1@mairie.test" not in sink.copies


def test_the_last_one_to_withdraw_finishes_the_mailing() -> None:
    mailing = opened(count=1)
    suppress_recipient(recipient_key="p0", at=NOON)
    mailing.refresh_from_db()
    assert mailing.state == "finished"
    assert suppress_recipient(recipient_key="p0", at=NOON) == 0


def test_whoever_withdraws_while_claimed_gets_nothing(sink: Sink) -> None:
    """p5 withdraws once the whole batch is claimed and two messages have left."""
    mailing = opened(count=10)
    seen: list[str] = []

    class Watching(FakeClock):
        def now(self) -> Any:
            if len(sink.taken) == 2 and not seen:
                seen.append(row(mailing, 5).outcome)
                suppress_recipient(recipient_key="p5", at=NOON)
            return super().now()

    delivery = deliver(mailing, sink, clock=Watching())
    assert seen == [Outcome.SENDING]
    assert delivery.ledger == Ledger(17, 10, accepted=9, suppressed=1)
    assert "lecteur5@mairie.test" not in sink.copies


def test_whoever_withdraws_after_a_passing_no_is_not_tried_again(sink: Sink) -> None:
    sink.at_rcpt = {"lecteur1@mairie.test": ["450 plus tard"]}
    mailing, clock = opened(count=2), FakeClock()
    deliver(mailing, sink, clock=clock)
    suppress_recipient(recipient_key="p1", at=NOON)
    clock.advance(hours=1)
    assert deliver(mailing, sink, clock=clock).ledger == Ledger(17, 2, accepted=1, suppressed=1)


def dead_worker(mailing: Mailing, **changes: Any) -> Worker:
    """A worker of another process that had claimed everybody and submitted to p0."""
    worker = Worker.enlist(mailing, at=NOON, lease=timedelta(minutes=1))
    Worker.objects.filter(pk=worker.pk).update(process="another", **changes)
    for kept in mailing.rows.all():
        kept.claim(worker=worker, at=NOON, message_id=f"<{kept.pk}@lettre.test>")
        kept.submitted_at = NOON if kept.recipient_key == "p0" else None
        kept.save()
    return worker


@pytest.mark.parametrize("changes", [{"pid": 2**22 + 1}, {"host": "ailleurs", "lease_until": NOON}])
def test_a_dead_workers_rows_return_and_only_what_had_left_is_uncertain(
    sink: Sink, changes: dict[str, Any]
) -> None:
    mailing = opened(count=4)
    dead_worker(mailing, **changes)
    clock = FakeClock(NOON + timedelta(seconds=1))
    assert deliver(mailing, sink, clock=clock).ledger == Ledger(17, 4, accepted=3, uncertain=1)
    uncertain = row(mailing, 0)
    assert uncertain.outcome == Outcome.UNCERTAIN
    assert uncertain.message_id in {taken.message_id for taken in sink.taken}


def test_a_living_workers_rows_are_left_alone(sink: Sink) -> None:
    mailing = opened(count=4)
    dead_worker(mailing, host="ailleurs")
    delivery = deliver(mailing, sink, clock=FakeClock(NOON + timedelta(seconds=1)))
    assert delivery.ledger.pending == 4
    assert sink.taken == []


def test_a_worker_that_lost_its_rows_submits_none_of_them(sink: Sink) -> None:
    mailing = opened(count=10)
    other = Worker.enlist(mailing, at=NOON, lease=timedelta(minutes=1))

    class Watching(FakeClock):
        def now(self) -> Any:
            if len(sink.taken) == 2:
                mailing.rows.filter(outcome="sending", submitted_at=None).update(worker=other)
            return super().now()

    delivery = deliver(mailing, sink, clock=Watching())
    assert len(sink.taken) == delivery.ledger.accepted == 2
    assert delivery.ledger.pending == 8


def test_an_interruption_by_the_keyboard_leaves_nobody_claimed(sink: Sink) -> None:
    mailing = opened(count=10)

    class Interrupted(FakeClock):
        def now(self) -> Any:
            if len(sink.taken) == 3 and not self.slept:
                self.slept.append(0)
                raise KeyboardInterrupt
            return super().now()

    with pytest.raises(KeyboardInterrupt):
        deliver(mailing, sink, clock=Interrupted())
    assert not mailing.rows.filter(outcome="sending").exists()
    assert deliver(mailing, sink).ledger.is_closed
    assert ledger(mailing).accepted + ledger(mailing).uncertain == 10
    doubtful = [address for address, copies in sink.copies.items() if copies > 1]
    assert ledger(mailing).uncertain >= len(doubtful)

"""The decisions of a delivery, on values alone."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.newsletter.delivery import rules
from beffroi.newsletter.delivery.rules import (
    TOKEN_SLOT,
    Answer,
    ApprovalProof,
    Ledger,
    Letter,
    Outcome,
    Recipient,
    Refusal,
    Sender,
    content_hash,
    next_attempt,
    next_wait,
    release_refusal,
)

NOON = datetime(2022, 9, 23, 12, tzinfo=UTC)
LETTER = Letter(
    subject="Petites villes de demain, lettre 17",
    html=f"<p>Bonjour <a href='https://lettre.test/d/{TOKEN_SLOT}/'>se désabonner</a></p>",
    text=f"Bonjour. https://lettre.test/d/{TOKEN_SLOT}/",
    sender=Sender("La lettre", "lettre@lettre.test", "reponse@lettre.test"),
    list_id="lettre.lettre.test",
    unsubscribe_url=f"https://lettre.test/d/{TOKEN_SLOT}/",
    audience="tous les abonnés",
    scheduled_for=NOON,
)


def proof(approver_id: int, of: str = "h") -> ApprovalProof:
    return ApprovalProof(approver_id, of, NOON)


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "autre"},
        {"html": LETTER.html + " "},
        {"text": LETTER.text + "\n"},
        {"sender": replace(LETTER.sender, name="autre")},
        {"sender": replace(LETTER.sender, address="autre@lettre.test")},
        {"sender": replace(LETTER.sender, reply_to="")},
        {"list_id": "autre"},
        {"unsubscribe_url": LETTER.unsubscribe_url + "x"},
        {"audience": "abonnés du 22"},
        {"scheduled_for": NOON + timedelta(microseconds=1)},
    ],
)
def test_every_field_changes_the_hash(change: dict[str, object]) -> None:
    assert content_hash(replace(LETTER, **change)) != content_hash(LETTER)  # type: ignore[arg-type]


def test_the_hash_covers_all_the_fields_there_are() -> None:
    assert len(fields(Letter)) == 8
    assert len(fields(Sender)) == 3


def test_the_hash_is_that_of_the_instant_in_whatever_zone() -> None:
    paris = LETTER.scheduled_for.astimezone(timezone(timedelta(hours=2)))
    assert content_hash(replace(LETTER, scheduled_for=paris)) == content_hash(LETTER)


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "a\r\nBcc: all@lettre.test"},
        {"list_id": "a\nb"},
        {"unsubscribe_url": "https://lettre.test/d/"},
        {"scheduled_for": NOON.replace(tzinfo=None)},
    ],
)
def test_refuses_a_letter_that_could_not_be_written(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"must|line break"):
        replace(LETTER, **change)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("proofs", "expected"),
    [
        ([], Refusal.MISSING_APPROVAL),
        ([proof(1)], Refusal.MISSING_APPROVAL),
        ([proof(1), proof(1)], Refusal.SAME_PERSON),
        ([proof(1), proof(2, of="other")], Refusal.OTHER_CONTENT),
        ([proof(1, of="other"), proof(2, of="other")], Refusal.OTHER_CONTENT),
        ([proof(1), proof(2)], None),
        ([proof(1), proof(1, of="other"), proof(2)], None),
    ],
)
def test_release_needs_two_people_on_one_content(
    proofs: list[ApprovalProof], expected: Refusal | None
) -> None:
    assert release_refusal(content_hash="h", proofs=proofs) == expected


@pytest.mark.parametrize(
    ("recipient", "expected"),
    [
        (Recipient("1", "a@b.fr", "abc:DEF-_="), True),
        (Recipient("1", "élu@mairie.fr", "t"), True),
        (Recipient("1", "a@b.fr\r\nRCPT TO:<x@y.fr>", "t"), False),
        (Recipient("1", "a b@c.fr", "t"), False),
        (Recipient("1", "", "t"), False),
        (Recipient("1", "a@b.fr", ""), False),
        (Recipient("1", "a@b.fr", '"><script>'), False),
        (Recipient("", "a@b.fr", "t"), False),
    ],
)
def test_only_addresses_and_tokens_that_need_no_escape(
    recipient: Recipient, expected: bool
) -> None:
    assert rules.is_deliverable(recipient) is expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (250, Answer.ACCEPTED),
        (251, Answer.ACCEPTED),
        (421, Answer.DEFERRED),
        (452, Answer.DEFERRED),
        (550, Answer.REFUSED),
        (554, Answer.REFUSED),
        (535, Answer.HALTED),
        (-1, Answer.DEFERRED),
        (999, Answer.DEFERRED),
    ],
)
def test_reads_reply_codes_by_their_class(code: int, expected: Answer) -> None:
    assert rules.classify_reply(code) == expected


def test_a_final_no_to_the_session_halts_and_a_passing_one_waits() -> None:
    assert rules.classify_session_reply(554) == Answer.HALTED
    assert rules.classify_session_reply(454) == Answer.UNREACHABLE


@given(st.integers(1, 60), st.floats(0, 1), st.floats(0, 1))
def test_waits_grow_whatever_the_jitter(attempt: int, one: float, other: float) -> None:
    earlier, later = next_wait(attempt, jitter=one), next_wait(attempt + 1, jitter=other)
    assert timedelta(seconds=45) <= earlier <= timedelta(hours=5)
    assert later > earlier or later >= timedelta(hours=3)


@given(st.integers(1, 60), st.floats(0, 1), st.floats(0, 47.99))
def test_the_last_try_is_at_the_deadline_and_none_after(
    attempt: int, jitter: float, hours: float
) -> None:
    two_days = timedelta(hours=48)
    soon = next_attempt(
        attempt=attempt, first_attempt_at=NOON, now=NOON + timedelta(hours=hours),
        patience=two_days, jitter=jitter,
    )  # fmt: skip
    assert soon is not None
    assert NOON + timedelta(hours=hours) < soon <= NOON + two_days
    assert (
        next_attempt(
            attempt=attempt, first_attempt_at=NOON, now=NOON + two_days,
            patience=two_days, jitter=jitter,
        )
        is None
    )  # fmt: skip


@given(st.sampled_from(rules.SETTLED))
def test_an_interrupted_message_ends_uncertain_whatever_comes(outcome: Outcome) -> None:
    assert rules.settled_outcome(outcome, is_interrupted=False) == outcome
    assert rules.settled_outcome(outcome, is_interrupted=True) == Outcome.UNCERTAIN


def test_the_ledger_reads_in_one_line() -> None:
    closed = Ledger(17, 2000, accepted=1990, refused=5, suppressed=3, expired=2)
    assert closed.is_closed
    assert rules.ledger_line(closed) == (
        "lettre 17 : 2000 adresses = 1990 acceptées + 5 refusées + 3 retirées"
        " + 2 expirées + 0 incertaines"
    )
    running = Ledger(17, 2000, accepted=1990, pending=10)
    assert not running.is_closed
    assert rules.ledger_line(running).endswith(" + 0 incertaines + 10 en attente")


def test_a_ledger_that_misses_somebody_is_never_closed() -> None:
    assert not Ledger(17, 10, accepted=9).is_balanced
    assert not Ledger(17, 10, accepted=9).is_closed


def test_accepts_french_typography_in_headers() -> None:
    subject = "Lettre\u00a0: «\u00a0l’été\u00a0»\u202f!"
    assert replace(LETTER, subject=subject).subject == subject

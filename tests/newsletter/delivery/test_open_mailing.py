"""Opening: approved, frozen, complete, or refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction

from beffroi.foundations.audit.models import AuditEntry
from beffroi.newsletter.delivery.actions import (
    EmptyAudience,
    MailingExists,
    MalformedRecipient,
    NotApproved,
    open_mailing,
)
from beffroi.newsletter.delivery.models import LedgerRow, Mailing
from beffroi.newsletter.delivery.queries import ledger
from beffroi.newsletter.delivery.rules import Recipient, Refusal, content_hash

from .factories import LETTER, NOON, approvers, opened, proofs_of, readers

pytestmark = pytest.mark.django_db


def test_freezes_the_letter_and_one_row_per_reader() -> None:
    mailing = opened(count=5)
    mailing.refresh_from_db()
    assert mailing.letter == LETTER
    assert content_hash(mailing.letter) == mailing.content_hash
    assert ledger(mailing).pending == ledger(mailing).audience == 5
    assert AuditEntry.objects.get().verb == "open_mailing"


def test_reads_the_recipients_once_and_in_batches() -> None:
    drawn = 0

    def stream() -> Iterator[Recipient]:
        nonlocal drawn
        for recipient in readers(4500):
            drawn += 1
            if drawn % 500 == 0:
                assert drawn - LedgerRow.objects.count() <= 2000
            yield recipient

    open_mailing(
        number=17, letter=LETTER, recipients=stream(), proofs=proofs_of(LETTER), opened_at=NOON
    )
    assert LedgerRow.objects.count() == 4500


def test_counts_an_address_or_a_person_seen_twice_once() -> None:
    twice = [
        Recipient("p1", "maire@ville.test", "a"),
        Recipient("p2", "Maire@Ville.test", "b"),
        Recipient("p1", "autre@ville.test", "c"),
    ]
    mailing = opened(recipients=twice)
    assert [row.token for row in mailing.rows.all()] == ["a"]


@pytest.mark.parametrize("count", [0, 1])
def test_refuses_fewer_than_two_approvals(count: int) -> None:
    proofs = proofs_of(LETTER)[:count]
    with pytest.raises(NotApproved, match="il manque une approbation") as refused:
        open_mailing(number=17, letter=LETTER, recipients=readers(2), proofs=proofs, opened_at=NOON)
    assert refused.value.refusal == Refusal.MISSING_APPROVAL
    assert not Mailing.objects.exists()


def test_refuses_one_person_who_approves_twice() -> None:
    first, _ = approvers()
    with pytest.raises(NotApproved, match="même personne"):
        open_mailing(
            number=17,
            letter=LETTER,
            recipients=readers(2),
            proofs=proofs_of(LETTER, [first, first]),
            opened_at=NOON,
        )


def test_refuses_a_letter_of_which_one_byte_changed() -> None:
    changed = replace(LETTER, text=LETTER.text + " ")
    with pytest.raises(NotApproved, match="autre contenu"):
        open_mailing(
            number=17,
            letter=changed,
            recipients=readers(2),
            proofs=proofs_of(LETTER),
            opened_at=NOON,
        )


def test_refuses_a_second_mailing_of_the_same_number() -> None:
    opened(count=1)
    with pytest.raises(MailingExists, match="17"):
        opened(count=2)
    assert LedgerRow.objects.count() == 1


def test_an_empty_audience_opens_nothing() -> None:
    with pytest.raises(EmptyAudience):
        open_mailing(
            number=17, letter=LETTER, recipients=[], proofs=proofs_of(LETTER), opened_at=NOON
        )
    assert not Mailing.objects.exists()


def test_one_malformed_recipient_opens_nothing_and_is_named() -> None:
    bad = Recipient("p9", "maire@ville.test\r\nBcc: tous@ville.test", "a")
    with pytest.raises(MalformedRecipient, match="p9"):
        opened(recipients=[*readers(3), bad])
    assert not Mailing.objects.exists()


def test_the_database_refuses_one_approver_twice() -> None:
    mailing = opened()
    with pytest.raises(IntegrityError, match="two_approvers"), transaction.atomic():
        Mailing.objects.update(approved_by_second=mailing.approved_by_first_id)


@pytest.mark.parametrize("column", ["approved_hash_first", "approved_hash_second", "content_hash"])
def test_the_database_refuses_an_approval_of_another_content(column: str) -> None:
    opened()
    with pytest.raises(IntegrityError, match="approved_content"), transaction.atomic():
        Mailing.objects.update(**{column: "0" * 64})


def test_the_database_refuses_a_missing_approver() -> None:
    opened()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE delivery_mailing SET approved_by_second_id = NULL")


@pytest.mark.parametrize(
    "change",
    [
        {"outcome": "accepted"},
        {"outcome": "pending", "next_attempt_at": None},
        {"outcome": "pending", "settled_at": NOON},
        {"outcome": "sending"},
        {"outcome": "uncertain", "settled_at": NOON},
        {"outcome": "nowhere"},
    ],
)
def test_the_database_refuses_a_row_out_of_its_column(change: dict[str, object]) -> None:
    opened()
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerRow.objects.update(**change)

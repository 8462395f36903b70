"""What others read of the ledger."""

from __future__ import annotations

from datetime import timedelta

import pytest

from beffroi.newsletter.delivery import queries
from beffroi.newsletter.delivery.models import LedgerRow, Mailing
from beffroi.newsletter.delivery.rules import Outcome

from .factories import NOON, opened

pytestmark = pytest.mark.django_db


def settle(mailing: Mailing, key: str, *, minutes: int, outcome: str = "refused") -> None:
    mailing.rows.filter(recipient_key=key).update(
        outcome=outcome,
        settled_at=NOON + timedelta(minutes=minutes),
        next_attempt_at=None,
        smtp_code=550,
    )


def test_outcomes_come_in_order_and_resume_after_a_cursor() -> None:
    mailing = opened(count=4)
    settle(mailing, "p2", minutes=1)
    settle(mailing, "p0", minutes=2)
    settle(mailing, "p1", minutes=2)
    first, *others = queries.outcomes_since()
    assert (first.recipient_key, first.outcome, first.code) == ("p2", Outcome.REFUSED, 550)
    assert [item.recipient_key for item in others] == ["p0", "p1"]
    assert list(queries.outcomes_since(first.cursor)) == others
    settle(mailing, "p3", minutes=3)
    assert [item.recipient_key for item in queries.outcomes_since(others[-1].cursor)] == ["p3"]


def test_outcomes_stop_before_an_instant() -> None:
    mailing = opened(count=2)
    settle(mailing, "p0", minutes=1)
    settle(mailing, "p1", minutes=5)
    found = queries.outcomes_since(before=NOON + timedelta(minutes=5))
    assert [item.recipient_key for item in found] == ["p0"]


def test_outcomes_cross_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "_PAGE", 2)
    opened(count=5)
    LedgerRow.objects.update(outcome="suppressed", settled_at=NOON, next_attempt_at=None)
    assert len(list(queries.outcomes_since())) == 5


def test_rows_lists_one_column_and_finds_an_address() -> None:
    mailing = opened(count=12)
    settle(mailing, "p3", minutes=1)
    assert [row.recipient_key for row in queries.rows(mailing, outcome=Outcome.REFUSED)] == ["p3"]
    assert queries.rows(mailing, outcome=Outcome.PENDING).count() == 11
    assert queries.rows(mailing, search="LECTEUR1").count() == 3


def test_running_mailings_leave_out_the_finished() -> None:
    opened(number=16)
    opened(number=17)
    Mailing.objects.filter(number=16).update(state="finished", finished_at=NOON)
    assert [mailing.number for mailing in queries.running_mailings()] == [17]
    assert queries.find_mailing(18) is None

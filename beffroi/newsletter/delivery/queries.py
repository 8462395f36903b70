"""Reads of the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet

from .engine.messages import Composer
from .models import LedgerRow, Mailing
from .rules import SETTLED, Ledger, Letter, Outcome, Recipient, ledger_line

__all__ = [
    "Ledger",
    "SettledOutcome",
    "find_mailing",
    "find_next_due",
    "ledger",
    "ledger_line",
    "ledgers",
    "message_of",
    "outcomes_since",
    "rows",
    "running_mailings",
]

_PAGE = 1000


@dataclass(frozen=True)
class SettledOutcome:
    """One recipient's last word. `cursor` resumes after it; `code` is None without an answer."""

    cursor: str
    recipient_key: str
    outcome: Outcome
    code: int | None
    at: datetime


def message_of(letter: Letter, *, recipient: Recipient, message_id: str, date: datetime) -> bytes:
    """The very bytes that one reader would get of this letter; nothing is sent or kept."""
    return Composer(letter).compose(
        address=recipient.address, token=recipient.token, message_id=message_id, date=date
    )


def find_mailing(number: int) -> Mailing | None:
    """The mailing of that issue, or None while it is not open."""
    return Mailing.objects.filter(number=number).first()


def running_mailings() -> QuerySet[Mailing]:
    """The mailings in which somebody may still be waiting, the oldest first."""
    running = (Mailing.State.OPEN, Mailing.State.SENDING)
    return Mailing.objects.filter(state__in=running).order_by("number")


def ledger(mailing: Mailing) -> Ledger:
    """The mailing's ledger, counted in one statement, hence in balance at any instant."""
    return ledgers([mailing])[mailing.pk]


def ledgers(mailings: list[Mailing]) -> dict[int, Ledger]:
    """The ledgers of several mailings, by mailing, counted in one statement."""
    names = ("pending", *(str(outcome) for outcome in SETTLED))
    counted: dict[int, dict[str, int]] = {
        mailing.pk: dict.fromkeys(names, 0) for mailing in mailings
    }
    rows = LedgerRow.objects.filter(mailing__in=mailings).values_list("mailing_id", "outcome")
    for mailing_id, outcome, count in rows.order_by().annotate(count=Count("pk")):
        column = "pending" if outcome == Outcome.SENDING else outcome
        counted[mailing_id][column] += count
    return {
        mailing.pk: Ledger(
            mailing.number, audience=sum(counted[mailing.pk].values()), **counted[mailing.pk]
        )
        for mailing in mailings
    }


def rows(
    mailing: Mailing, *, outcome: Outcome | None = None, search: str = ""
) -> QuerySet[LedgerRow]:
    """The rows of one column, or of all; `search` keeps the addresses that contain it."""
    found = LedgerRow.objects.filter(mailing=mailing).order_by("address")
    if outcome == Outcome.PENDING:
        found = found.filter(outcome__in=(Outcome.PENDING, Outcome.SENDING))
    elif outcome is not None:
        found = found.filter(outcome=outcome)
    return found.filter(address__icontains=search) if search else found


def find_next_due(mailing: Mailing) -> datetime | None:
    """When the next waiting recipient may be tried, or None when nobody waits."""
    waiting = LedgerRow.objects.filter(mailing=mailing, outcome=Outcome.PENDING)
    due: datetime | None = waiting.aggregate(due=Min("next_attempt_at"))["due"]
    return due


def outcomes_since(cursor: str = "", *, before: datetime | None = None) -> Iterator[SettledOutcome]:
    """Every outcome settled after `cursor` (empty: from the first), oldest first, in flat memory.

    Workers write a few seconds apart: with `before` a minute ago, none can come in late behind the
    cursor. Raises ValueError for a cursor that is not one of ours.
    """
    settled = LedgerRow.objects.filter(settled_at__isnull=False).order_by("settled_at", "pk")
    if before is not None:
        settled = settled.filter(settled_at__lt=before)
    while page := list(_after(settled, cursor)[:_PAGE]):
        for row in page:
            assert row.settled_at is not None  # noqa: S101  the filter above says so
            cursor = f"{row.settled_at.isoformat()}|{row.pk}"
            yield SettledOutcome(
                cursor, row.recipient_key, Outcome(row.outcome), row.smtp_code, row.settled_at
            )


def _after(settled: QuerySet[LedgerRow], cursor: str) -> QuerySet[LedgerRow]:
    if not cursor:
        return settled
    instant, _, pk = cursor.partition("|")
    at = datetime.fromisoformat(instant)
    return settled.filter(Q(settled_at__gt=at) | Q(settled_at=at, pk__gt=int(pk)))

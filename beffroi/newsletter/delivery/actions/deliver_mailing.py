"""Work at a mailing: claim rows, submit them, write what the relay answered, until nobody waits.

Each message costs one small write before it leaves, so that after a kill the ledger tells the
messages that may have left from those that had not begun to.
"""

from __future__ import annotations

import random
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ..clock import Clock
from ..engine.messages import Composer
from ..engine.transport import Parcel, Reply, Transport
from ..models import Attempt, LedgerRow, Mailing, Worker
from ..queries import find_next_due, ledger
from ..rules import Answer, Ledger, Outcome, content_hash, next_wait

OnProgress = Callable[[Mapping[Outcome, int]], None]

_LEASE = timedelta(seconds=60)
_LONGEST_SLEEP = timedelta(seconds=15)
# Answers kept in memory: what a kill can turn from accepted into uncertain.
_UNSAVED = 5
_STOPPING = frozenset({Answer.UNREACHABLE, Answer.HALTED})
_UNLOGGED = _STOPPING | {Answer.ACCEPTED}


class NotYetDue(Exception):
    """The letter is scheduled for later; `scheduled_for` says when."""

    def __init__(self, scheduled_for: datetime) -> None:
        super().__init__(
            f"L’envoi est prévu pour le {timezone.localtime(scheduled_for):%d/%m/%Y à %H:%M}."
        )
        self.scheduled_for = scheduled_for


class ContentChanged(Exception):
    """The frozen letter is no longer the one that was approved."""

    def __init__(self, number: int) -> None:
        super().__init__(f"La lettre {number} n’est plus celle qui a été approuvée.")
        self.number = number


@dataclass(frozen=True)
class Delivery:
    """Where a delivery stands when its worker leaves.

    `next_due_at` is when the next recipient may be tried again, None when nobody waits or other
    workers hold them; `trouble` is one French sentence about the relay, empty when it works;
    `is_halted` says that a person has to put something right first.
    """

    ledger: Ledger
    next_due_at: datetime | None
    trouble: str
    is_halted: bool


def deliver_mailing(
    *,
    mailing_id: int,
    transport: Transport,
    clock: Clock,
    on_progress: OnProgress | None = None,
    batch: int = 50,
    wait: bool = False,
    jitter: Callable[[], float] = random.random,
) -> Delivery:
    """Submit every row that is due; a mailing that was cut short goes on where it stood.

    With `wait`, stay until nobody waits any more, through retries and a silent relay; a relay that
    halts ends the work in any case. `on_progress` gets, after each write, how many rows came to
    which outcome. Closes the transport. Raises NotYetDue, ContentChanged.
    """
    mailing = Mailing.objects.get(pk=mailing_id)
    if not mailing.is_running:
        return Delivery(ledger(mailing), None, "", is_halted=False)
    _check_release(mailing, clock.now())
    worker = Worker.enlist(mailing, at=clock.now(), lease=_lease(transport))
    shift = _Shift(mailing, worker, transport, clock, jitter, on_progress or _silent, batch)
    try:
        return _work(shift, wait=wait)
    finally:
        transport.close()
        shift.leave()


def _check_release(mailing: Mailing, now: datetime) -> None:
    if content_hash(mailing.letter) != mailing.content_hash:
        raise ContentChanged(mailing.number)
    if now < mailing.scheduled_for:
        raise NotYetDue(mailing.scheduled_for)


def _work(shift: _Shift, *, wait: bool) -> Delivery:
    """Runs through what is due, with waits between them when asked, until there is nothing left."""
    mailing, clock, silences = shift.mailing, shift.clock, 0
    while True:
        stopped_by = shift.run()
        mailing.finish_if_settled(at=clock.now())
        silences = silences + 1 if stopped_by else 0
        due = find_next_due(mailing)
        if stopped_by:
            due = clock.now() + next_wait(silences, jitter=shift.jitter())
        is_halted = stopped_by is not None and stopped_by.answer == Answer.HALTED
        if is_halted or not wait or not mailing.is_running:
            trouble = stopped_by.text if stopped_by else ""
            return Delivery(ledger(mailing), due, trouble, is_halted)
        # Nothing due: look again soon, for what another worker leaves behind.
        soon = clock.now() + _LONGEST_SLEEP
        shift.sleep_until(due if stopped_by and due else min(due or soon, soon))


def _lease(transport: Transport) -> timedelta:
    """Longer than any one submission, since the worker cannot renew it in the middle of one."""
    return transport.patience + _LEASE


def _silent(_outcomes: Mapping[Outcome, int]) -> None:
    return


@dataclass
class _Shift:
    """One worker's hands: what it claimed, what it submitted, which answers are unsaved."""

    mailing: Mailing
    worker: Worker
    transport: Transport
    clock: Clock
    jitter: Callable[[], float]
    on_progress: OnProgress
    batch: int
    unsaved: list[tuple[Reply, datetime]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lease = _lease(self.transport)
        self.patience = timedelta(hours=settings.BEFFROI_DELIVERY_RETRY_HOURS)
        self.composer = Composer(self.mailing.letter)
        self.domain = self.mailing.sender_address.rpartition("@")[2]

    def run(self) -> Reply | None:
        """Submit all that is due. The reply that stopped everything, or None when it is done."""
        self._take_over_from_the_dead()
        while claimed := self._claim():
            self.mailing.start()
            stopped_by = self._submit(claimed)
            if stopped_by is not None:
                self.mailing.report_trouble(stopped_by.text)
                return stopped_by
        return None

    def leave(self) -> None:
        """Save what is known, return what was not done, sign out."""
        self._save()
        self._return_claims(self.worker)
        self.worker.end(at=self.clock.now())

    def sleep_until(self, due: datetime) -> None:
        """Wait, in steps that keep the lease."""
        while (now := self.clock.now()) < due:
            self.clock.sleep(min(due - now, _LONGEST_SLEEP).total_seconds())
            self.worker.renew(at=self.clock.now(), lease=self.lease)

    def _claim(self) -> list[LedgerRow]:
        """Take the next rows that are due; other workers skip them."""
        now = self.clock.now()
        self.worker.renew(at=now, lease=self.lease)
        due = LedgerRow.objects.filter(
            mailing=self.mailing, outcome=Outcome.PENDING, next_attempt_at__lte=now
        )
        with transaction.atomic():
            locked = due.select_for_update(skip_locked=True).order_by("next_attempt_at", "id")
            rows = list(locked[: self.batch])
            for row in rows:
                row.claim(worker=self.worker, at=now, message_id=self._new_message_id())
            LedgerRow.write(rows, _CLAIM_FIELDS)
        return rows

    def _new_message_id(self) -> str:
        return f"<{self.mailing.number}.{uuid.uuid4().hex}@{self.domain}>"

    def _submit(self, rows: list[LedgerRow]) -> Reply | None:
        stopped_by = None
        for reply in self.transport.submit(self._parcels(rows)):
            self.unsaved.append((reply, self.clock.now()))
            if reply.answer in _STOPPING:
                stopped_by = reply
            if len(self.unsaved) >= _UNSAVED:
                self._save()
        self._save()
        if stopped_by is not None:
            self._return_claims(self.worker)
        return stopped_by

    def _parcels(self, rows: list[LedgerRow]) -> Iterator[Parcel]:
        """Each row's message, written when the transport is ready for it and not before."""
        for row in rows:
            now = self.clock.now()
            self.worker.renew(at=now, lease=self.lease)
            # Withdrawn, or taken over by another worker, since it was claimed: not ours any more.
            if not self._begin(row, now):
                continue
            message = self.composer.compose(
                address=row.address, token=row.token, message_id=row.message_id, date=now
            )
            yield Parcel(row.pk, self.mailing.sender_address, row.address, message)

    def _begin(self, row: LedgerRow, now: datetime) -> bool:
        mine = LedgerRow.objects.filter(
            pk=row.pk, worker=self.worker, outcome=Outcome.SENDING, withdrawn_at__isnull=True
        )
        return mine.update(submitted_at=now) == 1

    def _save(self) -> None:
        """Write the answers kept in memory. Rows that another worker took over stay as they are."""
        replies = {reply.key: (reply, at) for reply, at in self.unsaved}
        if not replies:
            return
        with transaction.atomic():
            rows = self._hold(self.worker, pk__in=replies)
            for row in rows:
                reply, at = replies[row.pk]
                row.smtp_code, row.smtp_text = reply.code or None, reply.text[:300]
                row.record(answer=reply.answer, at=at, patience=self.patience, jitter=self.jitter())
            LedgerRow.write(rows, _RECORD_FIELDS)
            tried = [row for row in rows if replies[row.pk][0].answer not in _UNLOGGED]
            Attempt.objects.bulk_create(_attempt(*replies[row.pk]) for row in tried)
        self.unsaved.clear()
        self.on_progress(Counter(Outcome(row.outcome) for row in rows))

    def _take_over_from_the_dead(self) -> None:
        now = self.clock.now()
        others = self.mailing.workers.filter(ended_at=None).exclude(pk=self.worker.pk)
        for worker in others:
            if worker.is_dead(at=now):
                self._return_claims(worker)
                worker.end(at=now)

    def _return_claims(self, worker: Worker) -> None:
        """Give a worker's rows back: those that had begun to leave stay doubtful for ever."""
        now = self.clock.now()
        with transaction.atomic():
            rows = self._hold(worker)
            for row in rows:
                if row.submitted_at:
                    row.interrupt(at=now)
                else:
                    row.give_back(at=now)
            LedgerRow.write(rows, _RECORD_FIELDS)

    def _hold(self, worker: Worker, **which: object) -> list[LedgerRow]:
        """Lock that worker's claims, in one order so that two workers cannot block each other."""
        held = LedgerRow.objects.filter(worker=worker, outcome=Outcome.SENDING, **which)
        return list(held.select_for_update().order_by("pk"))


_CLAIM_FIELDS = ["outcome", "worker", "claimed_at", "first_attempt_at", "message_id"]
_RECORD_FIELDS = [
    "outcome",
    "worker",
    "attempts",
    "next_attempt_at",
    "submitted_at",
    "is_interrupted",
    "smtp_code",
    "smtp_text",
    "settled_at",
]


def _attempt(reply: Reply, at: datetime) -> Attempt:
    return Attempt(
        row_id=reply.key,
        at=at,
        answer=reply.answer,
        smtp_code=reply.code or None,
        smtp_text=reply.text[:300],
    )

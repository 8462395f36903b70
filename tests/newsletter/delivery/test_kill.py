"""A delivery killed without warning, then resumed: nobody lost, every doubt listed."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from beffroi.newsletter.delivery.models import Mailing
from beffroi.newsletter.delivery.queries import ledger, rows
from beffroi.newsletter.delivery.rules import Outcome

from .factories import opened
from .processes import beffroi, lent_database
from .sink import Sink

READERS = 300
# Any instant will do: this is no secret.
DICE = random.Random()  # noqa: S311
KILLS = 3
# A process that resumes sends nothing before it has loaded; slow machines take their time.
LONGEST = 120


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONGEST
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def kill_after(sink: Sink, messages: int, database: str, folder: Path) -> None:
    """Start a delivery and kill it a random instant after that many more messages."""
    target = len(sink.taken) + messages
    process = beffroi("deliver", database=database, port=sink.port, folder=folder)
    wait_until(lambda: len(sink.taken) >= target or process.poll() is not None)
    time.sleep(DICE.random() * 0.02)
    process.kill()
    process.communicate()
    assert process.returncode == -9


@pytest.mark.django_db(transaction=True)
def test_kills_at_random_instants_lose_nobody(sink: Sink, tmp_path: Path) -> None:
    sink.delay = 0.002
    mailing = opened(count=READERS)
    with lent_database(tmp_path) as database:
        for _ in range(KILLS):
            kill_after(sink, DICE.randrange(1, 60), database, tmp_path)
        last = beffroi("deliver", database=database, port=sink.port, folder=tmp_path)
        printed, complaints = last.communicate(timeout=LONGEST)
    assert last.returncode == 0, complaints
    assert " en attente" not in printed
    assert_true_to_the_sink(mailing, sink)


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_one_mailing_and_submit_nothing_twice(sink: Sink, tmp_path: Path) -> None:
    sink.delay = 0.005
    mailing = opened(count=READERS)
    with lent_database(tmp_path) as database:
        workers = [
            beffroi("deliver", database=database, port=sink.port, folder=tmp_path) for _ in range(2)
        ]
        for worker in workers:
            _, complaints = worker.communicate(timeout=LONGEST)
            assert worker.returncode == 0, complaints
    assert ledger(mailing).accepted == READERS
    assert set(sink.copies.values()) == {1}
    mailing.refresh_from_db()
    assert mailing.state == "finished"


def assert_true_to_the_sink(mailing: Mailing, sink: Sink) -> None:
    counts = ledger(mailing)
    assert counts.is_closed
    assert counts.audience == READERS == counts.accepted + counts.uncertain
    assert len(sink.copies) == READERS
    uncertain = {row.address for row in rows(mailing, outcome=Outcome.UNCERTAIN)}
    twice = {address for address, copies in sink.copies.items() if copies > 1}
    assert twice <= uncertain
    # At most the few answers that a worker keeps in memory, for each kill.
    assert len(uncertain) <= KILLS * 5
    assert len({taken.message_id for taken in sink.taken}) == READERS
    assert {row.message_id for row in mailing.rows.all()} == {
        taken.message_id for taken in sink.taken
    }

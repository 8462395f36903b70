"""The ledger's identity under any sequence of answers, withdrawals, deaths and waits."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from datetime import timedelta
from importlib import import_module

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from beffroi.newsletter.delivery.actions import deliver_mailing, suppress_recipient
from beffroi.newsletter.delivery.engine.transport import Parcel, Reply
from beffroi.newsletter.delivery.models import Worker
from beffroi.newsletter.delivery.queries import ledger
from beffroi.newsletter.delivery.rules import Answer, Outcome

from .factories import FakeClock, opened

# The package gives the action's name to the function: the module is asked for by its path.
_module = import_module("beffroi.newsletter.delivery.actions.deliver_mailing")
AUDIENCE = 6
_numbers = itertools.count(1)


class Killed(BaseException):
    """Stands for a death in the middle of a submission."""


class Scripted:
    """A transport that answers as told, and dies where the script holds None."""

    patience = timedelta(minutes=1)

    def __init__(self, script: Iterable[Answer | None]) -> None:
        self.script = iter(script)
        self.submitted: list[str] = []

    def submit(self, parcels: Iterable[Parcel]) -> Iterator[Reply]:
        for parcel in parcels:
            self.submitted.append(parcel.recipient)
            answer = next(self.script, Answer.ACCEPTED)
            if answer is None:
                raise Killed
            yield Reply(parcel.key, answer, 0, "")
            if answer in {Answer.UNREACHABLE, Answer.HALTED}:
                return

    def close(self) -> None:
        return


class LedgerMachine(RuleBasedStateMachine):
    """Everybody stands in one column; what is settled never moves again."""

    def __init__(self) -> None:
        super().__init__()
        self.mailing = opened(number=next(_numbers), count=AUDIENCE)
        self.clock = FakeClock()
        self.settled: dict[str, str] = {}
        self.withdrawn: set[str] = set()

    @precondition(lambda self: len(self.settled) < AUDIENCE)
    @rule(
        script=st.lists(st.one_of(st.none(), st.sampled_from(Answer)), max_size=AUDIENCE),
        is_sudden=st.booleans(),
    )
    def deliver(self, script: list[Answer | None], is_sudden: bool) -> None:
        transport = Scripted(script)
        with pytest.MonkeyPatch.context() as patch:
            if is_sudden and None in script:
                patch.setattr(_module._Shift, "leave", lambda _shift: None)
            try:
                self._deliver(transport)
            except Killed:
                Worker.objects.update(process="another", pid=2**22 + 1)
        forbidden = {row.address for row in self.mailing.rows.filter(recipient_key__in=self.gone)}
        assert not forbidden & set(transport.submitted)

    def _deliver(self, transport: Scripted) -> None:
        deliver_mailing(
            mailing_id=self.mailing.pk, transport=transport, clock=self.clock, jitter=lambda: 0.5
        )

    @property
    def gone(self) -> set[str]:
        return self.withdrawn | set(self.settled)

    @rule(n=st.integers(0, AUDIENCE - 1))
    def withdraw(self, n: int) -> None:
        suppress_recipient(recipient_key=f"p{n}", at=self.clock.now())
        self.withdrawn.add(f"p{n}")

    @rule(hours=st.sampled_from([0, 1, 5, 49]))
    def wait(self, hours: int) -> None:
        self.clock.advance(hours=hours, minutes=1)

    @invariant()
    def everybody_stands_in_one_column(self) -> None:
        counts = ledger(self.mailing)
        assert counts.audience == AUDIENCE
        assert counts.is_balanced

    @invariant()
    def what_is_settled_never_moves(self) -> None:
        now: dict[str, str] = {
            row.recipient_key: row.outcome
            for row in self.mailing.rows.all()
            if Outcome(row.outcome).is_settled
        }
        assert self.settled.items() <= now.items()
        self.settled = now

    def teardown(self) -> None:
        """Whatever happened, a relay that works again settles everybody."""
        self.clock.advance(hours=5)
        self._deliver(Scripted([]))
        counts = ledger(self.mailing)
        assert counts.is_closed
        self.mailing.refresh_from_db()
        assert self.mailing.state == "finished"


@pytest.mark.django_db
def test_the_identity_holds_whatever_happens() -> None:
    run_state_machine_as_test(
        LedgerMachine,
        settings=settings(
            max_examples=25,
            stateful_step_count=8,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

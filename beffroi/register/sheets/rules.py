"""Where a town stands on its way to the framework agreement. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from beffroi.programme.agreements.rules import framework_due_on


class ClockState(StrEnum):
    """Where the 18 months stand."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    LATE = "late"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class FrameworkClock:
    """The 18 months between the membership agreement and the framework agreement.

    `days_left` counts from the day of the sheet, below zero when late; None once signed or before
    the start.
    """

    state: ClockState
    adhesion_on: date | None
    due_on: date | None
    framework_on: date | None
    days_left: int | None

    @property
    def was_late(self) -> bool:
        """True when the framework agreement was signed after the 18 months."""
        return bool(self.framework_on and self.due_on and self.framework_on > self.due_on)


def framework_clock(
    *, adhesion_on: date | None, framework_on: date | None, on: date
) -> FrameworkClock:
    """The clock of a town on a day, from the first signature of each kind by that day."""
    due_on = framework_due_on(adhesion_on) if adhesion_on else None
    if framework_on:
        return FrameworkClock(ClockState.SIGNED, adhesion_on, due_on, framework_on, None)
    if due_on is None:
        return FrameworkClock(ClockState.NOT_STARTED, None, None, None, None)
    days_left = (due_on - on).days
    state = ClockState.LATE if days_left < 0 else ClockState.RUNNING
    return FrameworkClock(state, adhesion_on, due_on, None, days_left)


class PostState(StrEnum):
    """Whether somebody looks after a town's project, as far as the register knows."""

    FILLED = "filled"
    VACANT = "vacant"
    NONE = "none"


def post_state(vacancies: Iterable[bool]) -> PostState:
    """From whether each open post is known to be vacant: one that is not is enough."""
    known = list(vacancies)
    if not known:
        return PostState.NONE
    return PostState.VACANT if all(known) else PostState.FILLED

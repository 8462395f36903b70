"""Where a town stands on its way to the framework agreement. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from beffroi.foundations.dates import add_months

MONTHS_TO_SIGN = 18


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
    due_on = add_months(adhesion_on, MONTHS_TO_SIGN) if adhesion_on else None
    if framework_on:
        return FrameworkClock(ClockState.SIGNED, adhesion_on, due_on, framework_on, None)
    if due_on is None:
        return FrameworkClock(ClockState.NOT_STARTED, None, None, None, None)
    days_left = (due_on - on).days
    state = ClockState.LATE if days_left < 0 else ClockState.RUNNING
    return FrameworkClock(state, adhesion_on, due_on, None, days_left)

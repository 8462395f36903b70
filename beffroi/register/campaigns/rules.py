"""How fresh a sheet is, when a campaign reminds, what refuses an answer. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from beffroi.foundations.dates import add_months

FRESH_MONTHS = 6
STALE_MONTHS = 12
UNDO_TIME = timedelta(minutes=15)
_FIRST_DAYS, _LAST_DAYS = 14, 3


class FreshnessClass(StrEnum):
    """How long ago a person vouched for a sheet."""

    FRESH = "fresh"
    TO_CONFIRM = "to_confirm"
    STALE = "stale"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Freshness:
    """The last day a person confirmed a sheet and the last day one changed it, as of a day."""

    confirmed_on: date | None
    changed_on: date | None
    state: FreshnessClass

    @property
    def last_on(self) -> date | None:
        """The later of the two days; None where nobody ever vouched for the sheet."""
        return max((day for day in (self.confirmed_on, self.changed_on) if day), default=None)

    @property
    def is_up_to_date(self) -> bool:
        """Whether a person vouched for the sheet within STALE_MONTHS."""
        return self.state in {FreshnessClass.FRESH, FreshnessClass.TO_CONFIRM}


def freshness(*, confirmed_on: date | None, changed_on: date | None, on: date) -> Freshness:
    """The freshness of a sheet on a day; none of the two days is later than `on`."""
    last = max((day for day in (confirmed_on, changed_on) if day), default=None)
    return Freshness(confirmed_on, changed_on, freshness_class(last, on=on))


def freshness_class(last_on: date | None, *, on: date) -> FreshnessClass:
    """Fresh for less than FRESH_MONTHS, stale after STALE_MONTHS; the twelfth month's day is not
    stale yet."""
    if last_on is None:
        return FreshnessClass.NEVER
    if on < add_months(last_on, FRESH_MONTHS):
        return FreshnessClass.FRESH
    if on <= add_months(last_on, STALE_MONTHS):
        return FreshnessClass.TO_CONFIRM
    return FreshnessClass.STALE


class CampaignState(StrEnum):
    """Where a campaign stands on a day."""

    PLANNED = "planned"
    RUNNING = "running"
    CLOSED = "closed"


def campaign_state(
    *, opens_on: date, closes_on: date, closed_at: datetime | None, on: date
) -> CampaignState:
    """Both days are included; a campaign that was closed stays closed."""
    if closed_at is not None or on > closes_on:
        return CampaignState.CLOSED
    return CampaignState.PLANNED if on < opens_on else CampaignState.RUNNING


class Stage(StrEnum):
    """Why a mail of a campaign leaves."""

    OPENING = "opening"
    FIRST = "first"
    LAST = "last"
    ON_DEMAND = "on_demand"


def reminder_days(*, opens_on: date, closes_on: date) -> dict[Stage, date]:
    """The day each mail is due; a reminder that would not come after the opening is left out."""
    days = {
        Stage.OPENING: opens_on,
        Stage.FIRST: closes_on - timedelta(_FIRST_DAYS),
        Stage.LAST: closes_on - timedelta(_LAST_DAYS),
    }
    return {stage: day for stage, day in days.items() if stage is Stage.OPENING or day > opens_on}


def due_stage(
    *, opens_on: date, closes_on: date, on: date, written: Collection[Stage]
) -> Stage | None:
    """The mail due to a person on a day: the latest whose day has come, unless it or a later one
    was written already. A day that was missed is made up for, never twice."""
    if not opens_on <= on <= closes_on:
        return None
    days = reminder_days(opens_on=opens_on, closes_on=closes_on)
    latest = [stage for stage, day in days.items() if day <= on][-1]
    return None if latest in written else latest


def may_undo(*, confirmed_at: datetime, at: datetime) -> bool:
    """Whether an answer can still be taken back, a few minutes after it was given."""
    return timedelta() <= at - confirmed_at <= UNDO_TIME


def percent_done(answered: int, asked: int) -> int:
    """Whole percent, rounded down so that 100 means everything; 100 where nothing is asked."""
    return answered * 100 // asked if asked else 100

"""How fresh a sheet is, and when a mail is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.register.campaigns.rules import (
    FreshnessClass,
    Stage,
    due_stage,
    freshness_class,
    percent_done,
    reminder_days,
)

days = st.dates(date(2020, 1, 1), date(2040, 1, 1))
ORDER = list(FreshnessClass)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 1, 31), FreshnessClass.FRESH),
        (date(2026, 7, 30), FreshnessClass.FRESH),
        (date(2026, 7, 31), FreshnessClass.TO_CONFIRM),
        (date(2027, 1, 31), FreshnessClass.TO_CONFIRM),
        (date(2027, 2, 1), FreshnessClass.STALE),
    ],
)
def test_a_sheet_ages_by_whole_months(on: date, expected: FreshnessClass) -> None:
    assert freshness_class(date(2026, 1, 31), on=on) is expected


def test_a_sheet_that_nobody_vouched_for_is_a_class_of_its_own() -> None:
    assert freshness_class(None, on=date(2026, 1, 31)) is FreshnessClass.NEVER


@given(days, st.integers(0, 900), st.integers(0, 900))
def test_a_sheet_never_grows_younger_by_itself(last: date, first: int, more: int) -> None:
    before = freshness_class(last, on=last + timedelta(first))
    after = freshness_class(last, on=last + timedelta(first + more))
    assert ORDER.index(before) <= ORDER.index(after)


@given(days, st.integers(0, 120), st.sets(st.integers(0, 140)))
def test_each_mail_leaves_once_whatever_the_days_cron_ran(
    opens_on: date, length: int, ticks: set[int]
) -> None:
    closes_on = opens_on + timedelta(length)
    written: list[Stage] = []
    for offset in sorted(ticks):
        on = opens_on - timedelta(10) + timedelta(offset)
        stage = due_stage(opens_on=opens_on, closes_on=closes_on, on=on, written=written)
        if stage:
            assert opens_on <= on <= closes_on
            assert reminder_days(opens_on=opens_on, closes_on=closes_on)[stage] <= on
            written.append(stage)
    assert len(written) == len(set(written))
    assert written == sorted(written, key=list(Stage).index)


@given(days, st.integers(0, 120))
def test_each_mail_is_due_on_its_own_day(opens_on: date, length: int) -> None:
    closes_on = opens_on + timedelta(length)
    due = reminder_days(opens_on=opens_on, closes_on=closes_on)
    assert len(set(due.values())) == len(due)
    for stage, day in due.items():
        assert due_stage(opens_on=opens_on, closes_on=closes_on, on=day, written=()) is stage


@given(st.integers(0, 2000), st.integers(0, 2000))
def test_a_hundred_percent_means_everything(answered: int, more: int) -> None:
    asked = answered + more
    assert (percent_done(answered, asked) == 100) == (answered == asked)

"""Dates are read strictly and written the French way."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.foundations.dates import add_months, format_date, parse_date


@given(st.dates(min_value=date(1000, 1, 1)))
def test_reads_back_every_date_it_writes(day: date) -> None:
    assert parse_date(format_date(day).replace("\u00a0", " ")) == day
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day:%d/%m/}{day.year}") == day


@pytest.mark.parametrize("text", ["", "2022", "31/02/2022", "2022-13-01", "12-05-2022", "hier"])
def test_refuses_what_is_not_a_day(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|jour"):
        parse_date(text)


def test_reads_the_masthead_of_a_letter() -> None:
    assert parse_date("23 SEPTEMBRE 2022") == date(2022, 9, 23)
    assert parse_date("1er août 2022") == date(2022, 8, 1)


def test_counts_eighteen_months_to_the_last_day_of_a_short_month() -> None:
    assert add_months(date(2021, 8, 31), 18) == date(2023, 2, 28)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)), st.integers(0, 600))
def test_adding_months_never_skips_a_month(day: date, months: int) -> None:
    later = add_months(day, months)
    elapsed = (later.year - day.year) * 12 + later.month - day.month
    assert elapsed == months
    assert later.day <= day.day

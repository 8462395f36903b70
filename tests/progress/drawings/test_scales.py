"""Axes start at zero and stop on round numbers; classes hold every value once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.progress.drawings.scales import (
    CLASSES,
    classes_for,
    counted,
    nice_ticks,
    short_quantity,
    year_ticks,
)


def test_shares_have_fixed_classes() -> None:
    classes = classes_for([Decimal("99.6")], "%")
    assert classes.labels == (
        "moins de 20\u202f%",
        "de 20 à moins de 40\u202f%",
        "de 40 à moins de 60\u202f%",
        "de 60 à moins de 80\u202f%",
        "80\u202f% et plus",
    )
    assert [classes.of(value) for value in (0, Decimal("19.9"), 20, 80, 104)] == [0, 0, 1, 4, 4]


def test_counts_have_whole_classes_and_zero_its_own() -> None:
    classes = classes_for([0, 0, *range(1, 17)], "communes")
    assert classes.labels == ("0", "1 à 4", "5 à 7", "8 à 14", "15 et plus")
    assert classes.of(0) == 0
    assert classes.of(1) == 1


def test_amounts_are_classed_between_round_numbers() -> None:
    classes = classes_for([Decimal(n * 485_000) for n in range(1, 23)], "€")
    assert classes.labels == (
        "moins de 2,5\u00a0M€",
        "de 2,5 à moins de 4\u00a0M€",
        "de 4 à moins de 6\u00a0M€",
        "de 6 à moins de 8\u00a0M€",
        "8\u00a0M€ et plus",
    )


@pytest.mark.parametrize("unit", ["communes", "€", "ha", "%"])
@given(values=st.lists(st.integers(0, 10**12), min_size=1, max_size=60))
def test_each_value_has_one_class_and_each_class_one_label(unit: str, values: list[int]) -> None:
    classes = classes_for(values, unit)
    assert 1 <= len(classes.labels) <= CLASSES
    assert len(classes.labels) == len(classes.bounds) + 1
    assert len(set(classes.labels)) == len(classes.labels)
    assert list(classes.bounds) == sorted(set(classes.bounds))
    assert all(0 <= classes.of(value) < len(classes.labels) for value in values)
    if unit != "%" and 0 in values:
        assert all((classes.of(value) == 0) == (value == 0) for value in values)


@given(top=st.floats(0.01, 1e13), whole=st.booleans())
def test_an_axis_starts_at_zero_and_reaches_the_top(top: float, whole: bool) -> None:
    ticks = nice_ticks(top, whole=whole)
    assert ticks[0] == 0
    assert ticks[-1] >= top * 0.999
    assert 2 <= len(ticks) <= 6
    assert not whole or all(tick == int(tick) for tick in ticks)


def test_a_short_course_says_the_month_and_a_long_one_the_year() -> None:
    short = year_ticks(date(2020, 12, 31), date(2022, 9, 23), most=8)
    assert [label for _, label in short] == ["janv.\u00a02021", "janv.\u00a02022"]
    long = year_ticks(date(2020, 12, 31), date(2026, 3, 31), most=4)
    assert [label for _, label in long] == ["2021", "2023", "2025"]
    within = year_ticks(date(2022, 2, 1), date(2022, 9, 23), most=4)
    assert [label for _, label in within] == ["01/02/2022", "23/09/2022"]


def test_numbers_are_written_for_the_eye_and_for_the_sentence() -> None:
    assert short_quantity(Decimal("780000000.00"), "€") == "780\u00a0M€"
    assert short_quantity(Decimal("1250000.00"), "€") == "1,3\u00a0M€"
    assert short_quantity(Decimal("3000000000.00"), "€") == "3\u00a0Md€"
    assert short_quantity(Decimal("2040000000.00"), "€") == "2,04\u00a0Md€"
    assert short_quantity(Decimal("999999.99"), "€") == "1\u202f000\u202f000\u00a0€"
    assert short_quantity(Decimal("485000.40"), "€") == "485\u202f000\u00a0€"
    assert short_quantity(2310, "missions") == "2\u202f310"
    assert short_quantity(None, "%") == "–"
    assert counted(1, "communes") == "1\u00a0commune"
    assert counted(2310, "missions") == "2\u202f310\u00a0missions"

"""How shares are rounded and how figures are written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.progress.rules import (
    Figure,
    Number,
    format_figure,
    format_fraction,
    hectares,
    plain_number,
    reference_of,
    share,
)


def figure(value: Number | None, unit: str, *ratio: Number) -> Figure:
    numerator, denominator = ratio or (None, None)
    return Figure(
        "code", "Libellé", "Rubrique", value, unit, numerator, denominator, "Définition.", 1,
        date(2020, 10, 1), "towns", (),
    )  # fmt: skip


def test_rounds_the_letters_own_share() -> None:
    assert share(1601, 1607, decimals=1) == Decimal("99.6")
    assert share(780_000_000, 3_000_000_000, decimals=0) == 26


def test_rounds_halves_up() -> None:
    assert share(1, 8, decimals=0) == 13
    assert share(1, 2000, decimals=1) == Decimal("0.1")


@pytest.mark.parametrize("denominator", [0, Decimal(0), None])
def test_gives_no_share_without_a_denominator(denominator: Number | None) -> None:
    assert share(0, denominator, decimals=1) is None


@given(st.integers(0, 10**12), st.integers(1, 10**12), st.integers(0, 1))
def test_a_share_is_never_further_than_half_its_last_digit(
    numerator: int, denominator: int, decimals: int
) -> None:
    found = share(numerator, denominator, decimals=decimals)
    assert found is not None
    distance = abs(Fraction(found) - Fraction(numerator * 100, denominator))
    assert distance <= Fraction(1, 2 * 10**decimals)


@given(st.integers(1, 10**6).flatmap(lambda most: st.tuples(st.integers(0, most), st.just(most))))
def test_a_part_lies_between_nothing_and_the_whole(pair: tuple[int, int]) -> None:
    found = share(*pair, decimals=1)
    assert found is not None
    assert 0 <= found <= 100


def test_keeps_hectares_exact() -> None:
    assert hectares(Decimal("6750000.00")) == 675
    assert hectares(Decimal("15910.40")) == Decimal("1.59104")


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (Decimal("99.6"), "%", "99,6\u202f%"),
        (Decimal("100.0"), "%", "100,0\u202f%"),
        (26, "%", "26\u202f%"),
        (2310, "missions", "2\u202f310"),
        (Decimal("780000000.00"), "€", "780\u202f000\u202f000\u00a0€"),
        (Decimal("1234.50"), "€", "1\u202f234,50\u00a0€"),
        (Decimal("675.0000"), "ha", "675\u00a0ha"),
        (Decimal("12.3456"), "ha", "12,3\u00a0ha"),
        (None, "%", "–"),
    ],
)
def test_writes_figures_as_french_typography_does(
    value: Number | None, unit: str, written: str
) -> None:
    assert format_figure(figure(value, unit)) == written


def test_writes_the_ratio_of_a_share_alone() -> None:
    towns = figure(Decimal("99.6"), "%", 1601, 1607)
    assert format_fraction(towns) == "1\u202f601 sur 1\u202f607"
    money = figure(26, "%", Decimal("780.00"), Decimal("3000.00"))
    assert format_fraction(money) == "780\u00a0€ sur 3\u202f000\u00a0€"
    assert format_fraction(figure(117, "communes")) == ""


def test_gives_json_whole_amounts_and_decimal_shares() -> None:
    amount = plain_number(Decimal("780000000.00"), "€")
    assert (amount, type(amount)) == (780_000_000, int)
    assert plain_number(Decimal("0.50"), "€") == 0.5
    assert isinstance(plain_number(Decimal("100.0"), "%"), float)
    assert isinstance(plain_number(Decimal("675.0000"), "ha"), float)
    assert plain_number(None) is None


def test_names_a_report_by_its_day_place_and_revision() -> None:
    assert reference_of(date(2022, 9, 23), "national", 1) == "2022-09-23-national-r1"
    assert reference_of(date(2022, 9, 23), "dep:2A", 2) == "2022-09-23-dep-2A-r2"

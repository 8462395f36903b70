"""Amounts are exact and written the French way."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.foundations.money import format_amount, format_number, parse_amount

AMOUNTS = st.decimals(
    min_value=0, max_value=10**13, places=2, allow_nan=False, allow_infinity=False
)


@given(AMOUNTS)
def test_reads_back_every_amount_it_writes(amount: Decimal) -> None:
    assert parse_amount(format_amount(amount, decimals=2)) == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("21\u202f667,00\u00a0€", "21667.00"),
        ("1 250 000", "1250000.00"),
        ("62034.54", "62034.54"),
        ("-3,5 €", "-3.50"),
    ],
)
def test_reads_amounts_as_spreadsheets_write_them(text: str, amount: str) -> None:
    assert parse_amount(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "€", "abc", "1,2,3", "12.345", "1e9", "NaN"])
def test_refuses_what_is_not_one_amount(text: str) -> None:
    with pytest.raises(ValueError, match="montant illisible"):
        parse_amount(text)


def test_writes_thousands_with_narrow_no_break_spaces() -> None:
    assert format_number(2310) == "2\u202f310"
    assert format_number(Decimal("99.6"), decimals=1) == "99,6"

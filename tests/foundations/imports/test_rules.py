from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.foundations.folding import fold
from beffroi.foundations.imports.rules import (
    bare_code,
    read_day,
    read_euros,
    read_quantity,
    read_siren,
    read_whole,
)
from beffroi.foundations.money import format_number


@given(st.decimals(0, Decimal("99999999999.99"), places=2))
def test_reads_back_an_amount_as_french_offices_write_it(amount: Decimal) -> None:
    written = f"{format_number(amount, decimals=2)}\u00a0€"
    assert read_euros(written, digits=14) == amount


@pytest.mark.parametrize("text", ["-1,00", "abc", "1,234", "1e6", "12 345 678 901 234,00", "1.2.3"])
def test_refuses_amounts_negative_unreadable_or_too_large(text: str) -> None:
    with pytest.raises(ValueError, match="montant"):
        read_euros(text, digits=14)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/12/2022", date(2022, 12, 31)),
        ("2022-12-31", date(2022, 12, 31)),
        ("2022-12-31 00:00:00", date(2022, 12, 31)),
        ("2022-12-31T00:00", date(2022, 12, 31)),
        ("31/12/2031", date(2031, 12, 31)),
    ],
)
def test_reads_days_past_and_to_come(text: str, day: date) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize("text", ["31/02/2022", "2022-13-01", "31/12/22", "0022-01-01", "44926"])
def test_refuses_days_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|jour|année"):
        read_day(text)


@pytest.mark.parametrize(
    ("text", "code"), [("1004.0", "1004"), (" 2a 004 ", "2A004"), ("180067027,0", "180067027")]
)
def test_strips_a_code_of_what_a_spreadsheet_adds(text: str, code: str) -> None:
    assert bare_code(text) == code


def test_takes_the_siren_out_of_a_siret() -> None:
    assert read_siren("180 067 027 00035") == read_siren("180067027") == "180067027"
    with pytest.raises(ValueError, match="SIREN"):
        read_siren("18006702")


@pytest.mark.parametrize("text", ["101", "100,01", "-1", "1,234", "beaucoup"])
def test_refuses_percents_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match="nombre"):
        read_quantity(text, digits=5, most=100)


def test_reads_quantities_with_their_unit() -> None:
    assert read_quantity("43,5 %", digits=5, most=100) == Decimal("43.5")
    assert read_quantity("15 910 m²", digits=12) == 15910


@pytest.mark.parametrize("text", ["0", "-2", "1,5", "deux", "1001"])
def test_refuses_editions_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match="nombre"):
        read_whole(text, least=1, most=1000)


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_folds_case_accents_spaces_and_apostrophes() -> None:
    assert fold("Agences de l’Eau") == fold("AGENCES  DE L'EAU")
    assert fold("État") == fold(" etat ") == "etat"

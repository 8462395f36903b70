"""How the desk writes days and numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from beffroi.foundations.desk.columns import PlainColumn
from beffroi.foundations.desk.templatetags.desk_words import day, moment, plural, short_day


def test_writes_the_first_of_a_month_as_french_does() -> None:
    assert day(date(2026, 9, 1)) == "1er\u00a0septembre\u00a02026"
    assert short_day(date(2026, 9, 1)) == "01/09/2026"


def test_writes_nothing_for_no_day() -> None:
    assert day(None) == short_day(None) == ""


def test_writes_a_moment_on_the_clock_of_the_desk() -> None:
    late = datetime(2026, 8, 31, 22, 5, tzinfo=UTC)
    assert day(late) == "1er\u00a0septembre\u00a02026"
    assert moment(late) == "1er\u00a0septembre\u00a02026 à 00\u00a0h\u00a005"


def test_counts_none_and_one_in_the_singular() -> None:
    assert [plural(number, "ligne,lignes") for number in (0, 1, 2)] == ["ligne", "ligne", "lignes"]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2026, 9, 1), "01/09/2026"),
        (datetime(2026, 8, 31, 22, 5, tzinfo=UTC), "01/09/2026\u00a000:05"),
        (Decimal("31101.00"), "31\u202f101"),
        (Decimal("12.50"), "12,50"),
        (True, "oui"),
        (None, "—"),
    ],
)
def test_writes_a_cell_short(value: object, written: str) -> None:
    assert PlainColumn("value").get_value(SimpleNamespace(value=value)) == written

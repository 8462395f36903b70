"""The words of an indicator: every version of them, and what it is compared by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from beffroi.api.opendata.datasets import figures as dataset
from beffroi.progress import frozen
from beffroi.progress.indicators import BY_CODE, INDICATORS, Definition, Rated
from beffroi.progress.rates import rate_of
from beffroi.progress.rules import PERCENT, Reading
from tests.progress.samples import sample_report

FIRST = BY_CODE["active_towns"]
CHANGED_ON = date(2026, 1, 1)
SECOND = replace(
    FIRST,
    definition="Autre définition.",
    exclusions=(),
    version=2,
    since=CHANGED_ON,
    former=(Definition(FIRST.full_definition, 1, FIRST.since, CHANGED_ON),),
)


def test_lists_every_version_the_one_in_force_last() -> None:
    assert [(one.version, one.since, one.until) for one in SECOND.versions] == [
        (1, date(2020, 10, 1), CHANGED_ON),
        (2, CHANGED_ON, None),
    ]
    assert SECOND.versions[-1].text == "Autre définition."


def test_every_version_begins_where_the_one_before_ends() -> None:
    for indicator in (*INDICATORS, SECOND):
        versions = indicator.versions
        assert [one.version for one in versions] == list(range(1, len(versions) + 1))
        assert [one.until for one in versions] == [*(one.since for one in versions[1:]), None]


def test_a_frozen_report_keeps_the_words_of_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = frozen.freeze(sample_report(), {}).content
    before = next(one for one in frozen.thaw(kept).figures if one.code == FIRST.code)
    monkeypatch.setitem(BY_CODE, FIRST.code, SECOND)
    after = next(one for one in frozen.thaw(kept).figures if one.code == FIRST.code)
    assert (after.definition, after.version) == (before.definition, 1)
    assert after.definition != SECOND.definition


@pytest.mark.parametrize(("as_of", "versions"), [(date(2025, 6, 1), [1]), (CHANGED_ON, [1, 2])])
def test_the_open_data_list_the_versions_known_by_their_day(
    as_of: date, versions: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dataset, "INDICATORS", (SECOND,))
    edition: Any = SimpleNamespace(as_of=as_of)
    rows = list(dataset.DEFINITIONS.read(edition))
    assert [row[5] for row in rows] == versions
    assert rows[0][4] == FIRST.full_definition


def test_a_share_and_nothing_else_is_compared_as_one() -> None:
    for one in INDICATORS:
        assert (one.rate is Rated.SHARE) == bool(one.over), one.code
        assert one.unit != PERCENT or one.rate is Rated.SHARE


def test_each_figure_is_compared_by_what_its_indicator_says() -> None:
    report = sample_report()
    readings = {one.code: one.reading for one in report.figures} | {
        "active_towns": Reading(4),
        "population": Reading(1000),
        "expertise_missions": Reading(6),
        "realised_amount": Reading(Decimal("5500.00")),
    }
    by_code = {one.code: one for one in report.figures}
    found = {code: rate_of(by_code[code], readings) for code in readings if code in by_code}
    missions, money = found["expertise_missions"], found["realised_amount"]
    assert missions is not None
    assert (missions.value, missions.per) == (Decimal("1.5"), "par commune active")
    assert money is not None
    assert (money.value, money.per) == (6, "par habitant")
    assert found["active_towns"] is None

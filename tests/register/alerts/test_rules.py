"""What deserves attention, and when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.foundations.dates import add_months
from beffroi.programme.agreements.rules import deadline_of
from beffroi.register.alerts.rules import (
    AlertKind,
    Place,
    Post,
    Severity,
    agreement_alert,
    campaign_alert,
    in_order,
    post_alerts,
    rows_alert,
    stale_alert,
    unreached_alert,
)
from beffroi.register.campaigns.rules import freshness

DINAN = Place(1, "Dinan", "22050", "22")
LAMBALLE = Place(2, "Lamballe", "22093", "22")
ON = date(2026, 11, 23)
days = st.dates(date(2020, 1, 1), date(2035, 1, 1))


def clock(signed_on: date, on: date, framework_on: date | None = None) -> AlertKind | None:
    deadline = deadline_of(
        town_id=1, adhesion_signed_on=signed_on, framework_signed_on=framework_on, as_of=on
    )
    alert = agreement_alert(DINAN, deadline, on=on)
    return alert.kind if alert else None


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 9, 30), None),
        (date(2026, 10, 1), AlertKind.AGREEMENT_DUE),
        (date(2027, 1, 1), AlertKind.AGREEMENT_DUE),
        (date(2027, 1, 2), AlertKind.AGREEMENT_LATE),
    ],
)
def test_warns_three_months_before_the_eighteenth(on: date, expected: AlertKind | None) -> None:
    assert clock(date(2025, 7, 1), on) is expected


@given(days, days)
def test_a_framework_silences_the_clock(signed_on: date, on: date) -> None:
    assert clock(signed_on, on, framework_on=on) is None


@given(days, st.integers(0, 2000))
def test_what_is_late_stays_late(signed_on: date, more: int) -> None:
    first = add_months(signed_on, 18) + timedelta(1)
    assert clock(signed_on, first + timedelta(more)) is AlertKind.AGREEMENT_LATE


def post(ended_on: date | None = None, **fields: object) -> Post:
    values: dict[str, object] = {"reference": "P1", "town_ids": (1,)}
    values |= {"started_on": date(2022, 1, 1), "ended_on": ended_on}
    return Post(**(values | fields))  # type: ignore[arg-type]


def test_a_post_that_ended_without_a_successor_leaves_its_towns_alone() -> None:
    [alert] = post_alerts(
        [post(date(2026, 10, 1), town_ids=(1, 2))], {1: DINAN, 2: LAMBALLE}, on=ON
    )
    assert (alert.kind, alert.town_ids, alert.post) == (AlertKind.POST_VACANT, (1, 2), "P1")
    assert "Dinan (22050) et Lamballe (22093) restent sans chef de projet" in alert.sentence


def test_a_successor_silences_the_towns_it_serves_and_no_others() -> None:
    ended = post(date(2026, 10, 1), town_ids=(1, 2))
    follows = post(reference="P2", started_on=date(2026, 10, 5))
    [alert] = post_alerts([ended, follows], {1: DINAN, 2: LAMBALLE}, on=ON)
    assert alert.town_ids == (2,)


def test_says_once_that_a_town_waits_however_many_posts_ended_before() -> None:
    old, last = post(date(2024, 1, 1)), post(date(2026, 10, 1), reference="P2")
    assert [one.post for one in post_alerts([old, last], {1: DINAN}, on=ON)] == ["P2"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"vacant_since": date(2026, 10, 1)}, AlertKind.POST_VACANT),
        ({"leaves_on": date(2027, 1, 20)}, AlertKind.POST_ENDING),
        ({"leaves_on": date(2027, 2, 20)}, None),
        ({}, None),
    ],
)
def test_tells_a_post_held_by_nobody_from_one_about_to_be(
    fields: dict[str, date], expected: AlertKind | None
) -> None:
    kinds = [alert.kind for alert in post_alerts([post(**fields)], {1: DINAN}, on=ON)]
    assert kinds == ([expected] if expected else [])


def test_a_post_of_towns_that_left_the_programme_concerns_nobody() -> None:
    assert post_alerts([post(date(2026, 10, 1))], {}, on=ON) == []


def test_flags_a_sheet_after_twelve_months() -> None:
    def alert(day: date | None) -> bool:
        known = freshness(confirmed_on=day, changed_on=None, on=ON)
        return stale_alert(DINAN, known) is not None

    assert [alert(None), alert(date(2025, 11, 22)), alert(date(2025, 11, 23))] == [
        True, True, False,
    ]  # fmt: skip


@given(st.booleans(), st.booleans(), st.sampled_from([True, False, None]))
def test_a_town_is_unreached_only_when_all_three_are_missing(
    has_mission: bool, has_money: bool, has_met: bool | None
) -> None:
    alert = unreached_alert(DINAN, has_mission=has_mission, has_money=has_money, has_met=has_met)
    assert (alert is None) == (has_mission or has_money or bool(has_met))
    if alert:
        assert ("n’est pas relevée" in alert.sentence) == (has_met is None)


def test_a_campaign_is_told_of_in_its_last_two_weeks_while_towns_remain() -> None:
    def told(closes_on: date, *remaining: Place) -> bool:
        alert = campaign_alert(
            campaign_id=1,
            title="Automne",
            closes_on=closes_on,
            area="22",
            remaining=remaining,
            on=ON,
        )
        return alert is not None

    near, far = ON + timedelta(14), ON + timedelta(15)
    assert [told(near, DINAN), told(far, DINAN), told(near)] == [True, False, False]


def test_the_most_pressing_comes_first() -> None:
    rows = rows_alert(3, last_on=ON)
    late = post_alerts([post(date(2024, 1, 1))], {1: DINAN}, on=ON)[0]
    quiet = unreached_alert(DINAN, has_mission=False, has_money=False, has_met=False)
    assert rows
    assert quiet
    ordered = [alert.severity for alert in in_order([quiet, rows, late])]
    assert ordered == [Severity.URGENT, Severity.IMPORTANT, Severity.NOTICE]

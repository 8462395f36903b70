"""When a person last vouched for a sheet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beffroi.foundations.audit.actions import Authorship, record_act
from beffroi.foundations.mandates.queries import NATIONAL, Scope
from beffroi.register.campaigns.actions import confirm_towns, undo_confirmations
from beffroi.register.campaigns.queries import (
    changed_by,
    freshness,
    freshness_and_own_changes,
    freshness_by_area,
    freshness_of,
)
from beffroi.register.campaigns.rules import FreshnessClass
from tests.foundations.territories.factories import make_region
from tests.progress.factories import cover, make_mission, open_post

from .factories import NOW, TODAY, active_town, by, department, make_officer

pytestmark = pytest.mark.django_db


def last_of(town_id: int, on: date = TODAY) -> date | None:
    return freshness_of([town_id], on=on)[town_id].last_on


def test_a_confirmation_makes_a_sheet_fresh_from_its_day_on() -> None:
    officer, town = make_officer(), active_town()
    confirm_towns(town_ids=[town.pk], by=by(officer))
    assert last_of(town.pk, TODAY - timedelta(1)) is None
    assert freshness_of([town.pk], on=TODAY)[town.pk].state is FreshnessClass.FRESH


def test_an_answer_taken_back_vouches_for_nothing() -> None:
    officer, town = make_officer(), active_town()
    answer = confirm_towns(town_ids=[town.pk], by=by(officer))
    assert answer.batch
    undo_confirmations(batch=answer.batch, by=by(officer, NOW + timedelta(minutes=5)))
    assert last_of(town.pk) is None


@pytest.mark.parametrize("make", [cover, open_post, lambda town: make_mission(town=town)])
def test_a_change_signed_by_a_person_vouches_for_the_towns_of_its_row(make: object) -> None:
    officer, town, other = make_officer(), active_town(), active_town()
    row = make(town)  # type: ignore[operator]
    record_act(verb="correct", target=row, at=NOW, actor=officer)
    assert (last_of(town.pk), last_of(other.pk)) == (TODAY, None)
    assert changed_by(officer, [town.pk, other.pk], since=NOW) == {town.pk: TODAY}


def test_what_the_command_line_wrote_was_vouched_for_by_nobody() -> None:
    town = active_town()
    record_act(verb="record_missions", target=make_mission(town=town), at=NOW, actor=None)
    assert last_of(town.pk) is None


def test_counts_each_area_by_class_within_ones_reach() -> None:
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor", "29": "Finistère"})
    officer, dinan, _brest = make_officer(), active_town("22"), active_town("29")
    confirm_towns(town_ids=[dinan.pk], by=by(officer))
    counted = freshness_by_area(TODAY, NATIONAL)
    assert [(row.department_name, row.total, row.up_to_date) for row in counted] == [
        ("Côtes-d’Armor", 1, 1),
        ("Finistère", 1, 0),
    ]
    scope = Scope(department_ids=frozenset({department("29").pk}))
    assert [row.department_code for row in freshness_by_area(TODAY, scope)] == ["29"]


@pytest.mark.parametrize("many", [0, 500], ids=["the whole country", "a few towns"])
def test_reads_any_number_of_towns_in_two_queries(
    monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(freshness, "_MANY", many)
    officer = make_officer()
    towns = [active_town() for _ in range(3)]
    for town in towns:
        for row in (cover(town), open_post(town), make_mission(town=town)):
            record_act(verb="correct", target=row, at=NOW, actor=officer)
    confirm_towns(town_ids=[towns[0].pk], by=Authorship(at=NOW, actor=officer))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        states = freshness_of([town.pk for town in towns], on=TODAY)
    assert len(asked) == 2
    assert {state.last_on for state in states.values()} == {TODAY}


@pytest.mark.parametrize("many", [0, 500], ids=["the whole country", "a few towns"])
def test_tells_ones_own_changes_from_those_of_others(
    monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(freshness, "_MANY", many)
    officer, colleague = make_officer(), make_officer("collegue")
    mine, theirs = active_town(), active_town()
    record_act(verb="correct", target=make_mission(town=mine), at=NOW, actor=officer)
    record_act(verb="correct", target=make_mission(town=theirs), at=NOW, actor=colleague)
    states, own = freshness_and_own_changes(
        [mine.pk, theirs.pk], on=TODAY, user=officer, since=NOW - timedelta(days=1)
    )
    assert {state.last_on for state in states.values()} == {TODAY}
    assert own == {mine.pk: TODAY}

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from beffroi.foundations.mandates.queries import NOWHERE, Scope
from beffroi.foundations.territories.models import Department
from beffroi.programme.support.models import MoneyState, MoneyStep
from beffroi.programme.support.permissions import visible_commitments, visible_plans
from beffroi.programme.support.queries import amounts_by_state, look_alikes
from tests.progress.factories import (
    make_commitment,
    make_funder,
    make_plan,
    make_programme,
    new_town,
)

pytestmark = pytest.mark.django_db


def sums(as_of: date, **bounds: object) -> dict[str, Decimal]:
    """State → euros on a day."""
    found = amounts_by_state(make_programme(), as_of=as_of, **bounds)  # type: ignore[arg-type]
    return {row.state.value: row.amount for row in found}


def test_each_decision_stands_in_the_last_state_it_had_reached() -> None:
    row = make_commitment("100.00", decided_on=date(2022, 3, 1), state=MoneyState.PAID)
    steps = [("announced", 1, "120.00"), ("committed", 3, "100.00"), ("paid", 9, "90.00")]
    for state, month, amount in steps:
        MoneyStep.objects.create(
            commitment=row,
            state=state,
            reached_on=date(2022, month, 1),
            amount=Decimal(amount),
            evidence="D1",
        )
    make_commitment("7.00", decided_on=date(2022, 2, 1))
    assert sums(date(2021, 12, 31)) == {}
    assert sums(date(2022, 2, 1)) == {"announced": Decimal(120), "committed": Decimal(7)}
    assert sums(date(2022, 3, 1)) == {"committed": Decimal(107)}
    assert sums(date(2022, 9, 1)) == {"committed": Decimal(7), "paid": Decimal(90)}


def test_a_cancelled_decision_counts_up_to_the_day_before() -> None:
    make_commitment("7.00", decided_on=date(2022, 2, 1), cancelled_on=date(2022, 5, 1))
    assert sums(date(2022, 4, 30)) == {"committed": Decimal(7)}
    assert sums(date(2022, 5, 1)) == {}


def test_an_area_and_an_organisation_see_their_own_money() -> None:
    here = make_commitment("1.00", town=new_town("22"))
    theirs = make_commitment("2.00", town=new_town("35"), funder=make_funder("Cerema"))
    area = Scope(department_ids=frozenset({Department.objects.get(code="22").pk}))
    partner = Scope(organisation_ids=frozenset({theirs.funder_id}))
    assert list(visible_commitments(area)) == [here]
    assert list(visible_commitments(partner)) == [theirs]
    assert list(visible_commitments(NOWHERE)) == []
    assert sums(date(2023, 1, 1), scope=partner) == {"committed": Decimal(2)}


def test_a_plan_is_seen_by_its_funder_and_the_whole_country() -> None:
    plan = make_plan()
    assert list(visible_plans(Scope(is_national=True))) == [plan]
    assert list(visible_plans(Scope(organisation_ids=frozenset({plan.funder_id})))) == [plan]
    assert list(visible_plans(Scope(department_ids=frozenset({1})))) == []


def test_finds_references_that_differ_by_case_and_spaces_alone() -> None:
    row = make_commitment(decision_reference="DETR 2022-17")
    make_commitment(decision_reference="DETR 2022-18")
    assert list(look_alikes(make_programme(), reference="detr2022-17")) == [row]
    assert list(look_alikes(make_programme(), reference="detr2022-17", but=row.pk)) == []

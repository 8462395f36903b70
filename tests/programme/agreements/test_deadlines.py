from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from beffroi.foundations.mandates.queries import NOWHERE, Scope
from beffroi.foundations.territories.models import Department
from beffroi.programme.agreements.models import AgreementKind, Amendment, Coverage
from beffroi.programme.agreements.queries import agreements_of, deadlines, late_towns
from beffroi.programme.agreements.rules import deadline_of, framework_due_on
from tests.progress.factories import cover, designate, make_programme, new_town

SIGNED = date(2021, 8, 31)
DUE = date(2023, 2, 28)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(days, days, st.none() | days)
def test_is_late_from_the_day_after_eighteen_months_without_a_framework(
    signed_on: date, as_of: date, framework_on: date | None
) -> None:
    due_on = framework_due_on(signed_on)
    found = deadline_of(
        town_id=1, adhesion_signed_on=signed_on, framework_signed_on=framework_on, as_of=as_of
    )
    assert (due_on.year * 12 + due_on.month) - (signed_on.year * 12 + signed_on.month) == 18
    assert due_on.day <= signed_on.day
    assert due_on.day == signed_on.day or (due_on + timedelta(1)).day == 1
    assert found.is_late is (framework_on is None and as_of > due_on)
    assert found.days_late == (max((as_of - due_on).days, 0) if framework_on is None else 0)


@pytest.mark.django_db
def test_a_town_is_late_once_the_last_day_has_passed() -> None:
    town = new_town()
    designate(town)
    cover(town, signed_on=SIGNED)
    programme = make_programme()
    assert late_towns(programme, as_of=DUE) == []
    (late,) = late_towns(programme, as_of=DUE + timedelta(1))
    assert (late.town_id, late.due_on, late.days_late) == (town.pk, DUE, 1)


@pytest.mark.django_db
def test_a_framework_stops_the_clock_from_the_day_it_covers_the_town() -> None:
    town, other = new_town(), new_town()
    designate(town, other)
    cover(town, signed_on=SIGNED)
    cover(other, signed_on=SIGNED)
    framework = cover(town, kind=AgreementKind.FRAMEWORK, signed_on=date(2022, 1, 1))
    amendment = Amendment.objects.create(
        agreement=framework, number=1, signed_on=date(2023, 6, 1), purpose="Entrée d’une commune"
    )
    Coverage.objects.create(agreement=framework, town=other, added_by=amendment)
    programme = make_programme()
    assert [row.town_id for row in late_towns(programme, as_of=date(2023, 5, 31))] == [other.pk]
    assert late_towns(programme, as_of=date(2023, 6, 1)) == []


@pytest.mark.django_db
def test_a_town_let_out_of_its_framework_is_late_again() -> None:
    town = new_town()
    designate(town)
    cover(town, signed_on=SIGNED)
    framework = cover(town, kind=AgreementKind.FRAMEWORK, signed_on=date(2022, 1, 1))
    amendment = Amendment.objects.create(
        agreement=framework, number=1, signed_on=date(2023, 6, 1), purpose="Sortie"
    )
    Coverage.objects.update(removed_by=None)
    Coverage.objects.filter(agreement=framework).update(removed_by=amendment)
    assert late_towns(make_programme(), as_of=date(2023, 5, 31)) == []
    assert len(late_towns(make_programme(), as_of=date(2023, 6, 1))) == 1


@pytest.mark.django_db
def test_a_town_that_left_the_programme_owes_nothing() -> None:
    town = new_town()
    designate(town, ended_on=date(2022, 1, 1))
    cover(town, signed_on=SIGNED)
    assert deadlines(make_programme(), as_of=date(2024, 1, 1)) == []


@pytest.mark.django_db
def test_reads_the_deadlines_of_an_area_in_five_queries() -> None:
    inside, outside = new_town("22"), new_town("35")
    designate(inside, outside)
    for town in (inside, outside):
        cover(town, signed_on=SIGNED)
    scope = Scope(department_ids=frozenset({Department.objects.get(code="22").pk}))
    programme = make_programme()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = deadlines(programme, as_of=DUE, scope=scope)
    assert [row.town_id for row in found] == [inside.pk]
    assert len(queries) <= 5
    assert deadlines(programme, as_of=DUE, scope=NOWHERE) == []


@pytest.mark.django_db
def test_reads_whole_agreements_in_as_many_queries_for_one_town_as_for_ten() -> None:
    towns = [new_town() for _ in range(10)]
    for town in towns:
        cover(town)
    counts = []
    for chosen in (towns[:1], towns):
        with CaptureQueriesContext(connection) as queries:
            for agreement in agreements_of([town.pk for town in chosen]):
                assert [row.town_id for row in agreement.coverages.all()]
                assert not agreement.parties.all()
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6

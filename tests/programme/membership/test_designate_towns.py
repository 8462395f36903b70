from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from beffroi.foundations.audit.actions import Authorship
from beffroi.foundations.audit.queries import acts_on
from beffroi.foundations.upsert import Change
from beffroi.programme.membership.actions import DesignationRecord, designate_towns
from beffroi.programme.membership.models import Designation, Programme
from beffroi.programme.membership.queries import followed_programme
from tests.foundations.territories.factories import make_town

BY = Authorship(at=datetime(2022, 9, 23, 9, tzinfo=UTC), reason="Liste de septembre")


@pytest.fixture
def programme(db: None) -> Programme:  # noqa: ARG001
    return followed_programme()


def test_the_programme_comes_with_the_migrations(programme: Programme) -> None:
    assert (programme.name, programme.launched_on) == (
        "Petites villes de demain",
        date(2020, 10, 1),
    )


def test_designates_one_town_as_it_does_thousands(programme: Programme) -> None:
    record = DesignationRecord(make_town("01004").pk, "pvd-1")
    for change in (Change.CREATED, Change.UNCHANGED):
        (written,) = designate_towns(programme=programme, records=[record], by=BY)
        assert written.change is change
    assert Designation.objects.get().started_on is None


def test_follows_the_open_designation_of_a_town_that_came_back(programme: Programme) -> None:
    town = make_town("01004")
    past = Designation.objects.create(programme=programme, town=town, ended_on=date(2021, 1, 1))
    Designation.objects.create(programme=programme, town=town)
    designate_towns(programme=programme, records=[DesignationRecord(town.pk, "pvd-1")], by=BY)
    past.refresh_from_db()
    assert (past.group, past.ended_on) == (None, date(2021, 1, 1))
    assert Designation.objects.filter(group__reference="pvd-1", ended_on=None).count() == 1


def test_leaves_other_programmes_alone(programme: Programme) -> None:
    town = make_town("01004")
    other = Programme.objects.create(code="x", name="X", launched_on=date(2028, 1, 1))
    designate_towns(programme=programme, records=[DesignationRecord(town.pk)], by=BY)
    (written,) = designate_towns(programme=other, records=[DesignationRecord(town.pk)], by=BY)
    assert written.change is Change.CREATED


def test_leaves_a_line_of_the_trail_for_each_row_that_changes(programme: Programme) -> None:
    town = make_town("01004")
    records = [DesignationRecord(town.pk)], [DesignationRecord(town.pk, ended_on=date(2022, 9, 1))]
    for wanted in records:
        designate_towns(programme=programme, records=wanted, by=BY)
    (act,) = acts_on(Designation.objects.get(), verb="designate_towns")
    assert (act.changes, act.reason) == ({"ended_on": [None, "2022-09-01"]}, BY.reason)

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from beffroi.foundations.audit.actions import Authorship, ReasonMissing
from beffroi.foundations.audit.models import AuditEntry
from beffroi.programme.membership.actions import (
    AlreadyDesignated,
    BeforeLaunch,
    Designated,
    correct_designation,
    designate_town,
    end_designations,
    group_towns,
)
from beffroi.programme.membership.models import Designation, Programme
from beffroi.programme.membership.queries import designations_of, followed_programme
from beffroi.programme.membership.rules import BackwardPeriod, DesignationRemark
from beffroi.progress.queries import measure_progress
from tests.progress.factories import designate, new_town

pytestmark = pytest.mark.django_db
BY = Authorship(at=datetime(2022, 9, 23, 8, tzinfo=UTC))
WHY = Authorship(at=BY.at, reason="Erreur de saisie")
START = date(2021, 1, 15)


def let_in(
    town_id: int, started_on: date = START, code: str = "pvd", group: str = ""
) -> Designated:
    return designate_town(
        programme=Programme.objects.get(code=code),
        town_id=town_id,
        started_on=started_on,
        group_reference=group,
        by=BY,
    )


def test_a_town_leaves_and_comes_back() -> None:
    town = new_town()
    first = let_in(town.pk, group="pvd-22-1").designation
    end_designations(designations=[first], ended_on=date(2022, 1, 1), by=BY)
    again = let_in(town.pk, date(2022, 1, 1)).designation
    rows = designations_of([town.pk])
    assert [(row.started_on, row.ended_on) for row in rows] == [
        (START, date(2022, 1, 1)),
        (date(2022, 1, 1), None),
    ]
    assert list(designations_of([town.pk], as_of=date(2022, 1, 1))) == [again]


def test_refuses_a_second_place_on_the_same_day() -> None:
    town = new_town()
    first = let_in(town.pk).designation
    with pytest.raises(AlreadyDesignated) as refusal:
        let_in(town.pk, date(2022, 1, 1))
    assert refusal.value.designation == first
    end_designations(designations=[first], ended_on=date(2022, 6, 1), by=BY)
    with pytest.raises(AlreadyDesignated):
        let_in(town.pk, date(2022, 5, 31))


def test_refuses_a_town_before_the_programme_was_launched() -> None:
    with pytest.raises(BeforeLaunch):
        let_in(new_town().pk, date(2020, 9, 30))


def test_remarks_upon_a_large_town_and_one_in_another_programme() -> None:
    town = new_town(inhabitants=20_001)
    assert let_in(town.pk, code="acv").remarks == ()
    found = let_in(town.pk)
    assert found.remarks == (
        DesignationRemark.TOO_POPULOUS,
        DesignationRemark.IN_OTHER_PROGRAMME,
    )
    assert [programme.code for programme in found.other_programmes] == ["acv"]
    assert let_in(new_town(inhabitants=20_000).pk).remarks == ()


def test_counts_each_programme_apart() -> None:
    town = new_town()
    designate(new_town(), new_town())
    let_in(town.pk, date(2019, 1, 1), code="acv")

    def active(programme: Programme | None = None) -> object:
        figures = measure_progress(as_of=date(2022, 9, 23), programme=programme).figures
        return next(figure.value for figure in figures if figure.code == "active_towns")

    assert (active(), active(Programme.objects.get(code="acv"))) == (2, 1)
    assert followed_programme().code == "pvd"


def test_tells_the_trail_what_changed_and_why() -> None:
    designation = let_in(new_town().pk).designation
    correct_designation(
        designation=designation,
        started_on=date(2021, 2, 1),
        ended_on=None,
        group_reference="G",
        by=WHY,
    )
    entry = AuditEntry.objects.get(verb="correct_designation")
    assert entry.changes["started_on"] == ["2021-01-15", "2021-02-01"]
    assert (entry.reason, set(entry.changes)) == (WHY.reason, {"started_on", "group_id"})
    created = AuditEntry.objects.get(verb="designate_town")
    assert created.changes["started_on"] == [None, "2021-01-15"]


def test_refuses_a_correction_without_a_reason_or_backwards() -> None:
    designation = let_in(new_town().pk).designation
    changes: dict[str, Any] = {
        "started_on": START,
        "group_reference": "",
        "designation": designation,
    }
    with pytest.raises(ReasonMissing):
        correct_designation(**changes, ended_on=None, by=BY)
    with pytest.raises(BackwardPeriod):
        correct_designation(**changes, ended_on=START, by=WHY)


def test_ends_all_designations_or_none() -> None:
    early, late = let_in(new_town().pk), let_in(new_town().pk, date(2022, 6, 1))
    rows = [early.designation, late.designation]
    with pytest.raises(BackwardPeriod):
        end_designations(designations=rows, ended_on=date(2022, 1, 1), by=BY)
    assert not Designation.objects.filter(ended_on__isnull=False).exists()


def test_puts_towns_together_and_apart() -> None:
    rows = [let_in(new_town().pk).designation for _ in range(2)]
    group = group_towns(
        programme=followed_programme(), group_reference=" G1 ", designations=rows, by=BY
    )
    assert group is not None
    assert (group.reference, group.designations.count()) == ("G1", 2)
    group_towns(programme=followed_programme(), group_reference="", designations=rows[:1], by=BY)
    assert group.designations.count() == 1

"""The followed towns, one line each, and the areas that they add up to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beffroi.club.events.models import Attendance
from beffroi.foundations.mandates.queries import NATIONAL, NOWHERE, Scope
from beffroi.foundations.territories.models import Department, Town
from beffroi.programme.agreements.models import AgreementKind
from beffroi.programme.membership.models import PostVacancy
from beffroi.register.sheets.queries import (
    AreaOutOfReach,
    TownLine,
    followed_towns,
    matches,
    read_area_sheet,
)
from beffroi.register.sheets.rules import PostState
from tests.foundations.territories.factories import (
    extend_town,
    make_region,
    make_succession,
    make_town,
)
from tests.progress.factories import (
    cover,
    designate,
    make_commitment,
    make_meeting,
    make_mission,
    new_town,
    open_post,
)

pytestmark = pytest.mark.django_db
DAY, MERGER = date(2026, 11, 23), date(2023, 1, 1)


def only_line(on: date = DAY) -> TownLine:
    (line,) = followed_towns(scope=NATIONAL, as_of=on)
    return line


@pytest.fixture
def dinan() -> Town:
    town = make_town("22050", name="Dinan")
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor", "56": "Morbihan"})
    designate(town)
    return town


def test_follows_the_towns_of_a_programme_alone(dinan: Town) -> None:
    new_town()
    left = new_town()
    designate(left, ended_on=date(2022, 1, 1))
    line = only_line()
    assert (line.town_id, line.label, line.programmes) == (dinan.pk, "Dinan (22050)", ("pvd",))
    assert (line.department_name, line.region_name) == ("Côtes-d’Armor", "Bretagne")


def test_sums_up_what_a_town_got(dinan: Town) -> None:
    assert only_line().is_unreached
    make_commitment("100.00", town=dinan)
    make_commitment("50.00", town=dinan, state="announced")
    make_mission(town=dinan)
    line = only_line()
    assert (line.missions, line.committed, line.is_unreached) == (1, Decimal(100), False)


def test_a_meeting_reaches_a_town(dinan: Town) -> None:
    Attendance.objects.create(meeting=make_meeting(), town=dinan)
    assert not only_line().is_unreached


def test_says_who_is_late(dinan: Town) -> None:
    cover(dinan, signed_on=date(2021, 6, 1))
    assert [only_line(day).is_late for day in (date(2022, 12, 1), DAY)] == [False, True]
    cover(dinan, kind=AgreementKind.FRAMEWORK, counts_as_ort=True, signed_on=date(2023, 6, 1))
    assert (only_line().is_late, only_line().is_ort) == (False, True)


def test_says_whether_somebody_holds_a_post(dinan: Town) -> None:
    assert only_line().post is PostState.NONE
    post = open_post(dinan)
    assert only_line().post is PostState.FILLED
    PostVacancy.objects.create(post=post, started_on=date(2026, 1, 1))
    assert only_line().post is PostState.VACANT


def test_puts_a_merged_town_on_the_line_of_the_one_that_stands_for_it() -> None:
    mansle = make_town("16206", end=MERGER, name="Mansle")
    extend_town(mansle, "16206", start=MERGER, name="Mansle-les-Fontaines")
    fontclaireau = make_town("16140", end=MERGER, name="Fontclaireau")
    make_succession(fontclaireau, mansle, MERGER)
    designate(fontclaireau, mansle)
    cover(fontclaireau)
    make_commitment("10.00", town=fontclaireau)
    line = only_line()
    assert (line.town_id, line.committed) == (mansle.pk, Decimal(10))
    assert line.clock.adhesion_on
    for text in ("fontclaireau", "16140", "MANSLE", "1620"):
        assert matches(line, text)
    assert not matches(line, "Caudry")


def test_stays_within_the_reach_of_a_person(dinan: Town) -> None:
    designate(new_town("35"))
    own = Scope(department_ids=frozenset({Department.objects.get(code="22").pk}))
    assert [line.town_id for line in followed_towns(scope=own, as_of=DAY)] == [dinan.pk]
    assert followed_towns(scope=NOWHERE, as_of=DAY) == []


def test_reads_the_same_number_of_queries_whatever_the_towns(dinan: Town) -> None:
    cover(dinan)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            followed_towns(scope=NATIONAL, as_of=DAY)
        counts.append(len(queries))
        for _ in range(5):
            town = new_town()
            designate(town)
            cover(town)
            open_post(town)
    assert counts[0] == counts[1] <= 15


def test_adds_an_area_up(dinan: Town) -> None:
    cover(dinan)
    designate(new_town("56"), new_town("35"))
    region = read_area_sheet(kind="reg", code="53", as_of=DAY, scope=NATIONAL)
    assert (region.name, region.totals.towns, region.totals.adhesions) == ("Bretagne", 2, 1)
    assert [(code, totals.towns) for code, _, totals in region.departments] == [
        ("22", 1),
        ("56", 1),
    ]
    department = read_area_sheet(kind="dep", code="22", as_of=DAY, scope=NATIONAL)
    assert [line.town_id for line in department.lines] == [dinan.pk]


@pytest.mark.usefixtures("dinan")
def test_opens_an_area_to_those_who_reach_the_whole_of_it() -> None:
    own = Scope(department_ids=frozenset({Department.objects.get(code="22").pk}))
    assert read_area_sheet(kind="dep", code="22", as_of=DAY, scope=own).name == "Côtes-d’Armor"
    for kind, code in [("reg", "53"), ("dep", "56"), ("dep", "99")]:
        with pytest.raises(AreaOutOfReach):
            read_area_sheet(kind=kind, code=code, as_of=DAY, scope=own)

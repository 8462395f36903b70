"""What the sheet of a town says, at any date."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beffroi.club.events.models import Attendance
from beffroi.foundations.mandates.queries import NATIONAL, NOWHERE, Scope
from beffroi.foundations.territories.models import Department, Population, Town
from beffroi.programme.agreements.models import AgreementKind
from beffroi.programme.membership.models import EmployerKind, TownGroup
from beffroi.programme.support.models import MoneyState
from beffroi.register.sheets.queries import (
    EventKind,
    RecordedAs,
    TownOutOfReach,
    TownSheet,
    public_sheet,
    read_sheet,
)
from beffroi.register.sheets.rules import ClockState
from tests.foundations.territories.factories import (
    extend_town,
    make_intercommunality,
    make_region,
    make_succession,
    make_town,
)
from tests.progress.factories import (
    cover,
    designate,
    make_brownfield,
    make_commitment,
    make_meeting,
    make_mission,
    make_programme,
    new_town,
    open_post,
)

pytestmark = pytest.mark.django_db
DAY, MERGER = date(2026, 11, 23), date(2023, 1, 1)


def sheet_of(town: Town, on: date = DAY) -> TownSheet:
    return read_sheet(town_id=town.pk, as_of=on, scope=NATIONAL)


@pytest.fixture
def dinan() -> Town:
    town = make_town("22050", name="Dinan")
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor"})
    make_intercommunality("200068989", "Dinan Agglomération", town)
    Population.objects.create(town=town, inhabitants=14_000)
    designate(town)
    return town


@pytest.fixture
def merged() -> tuple[Town, Town]:
    """Mansle took in Fontclaireau on the day of the merger, and changed its name."""
    mansle = make_town("16206", end=MERGER, name="Mansle")
    extend_town(mansle, "16206", start=MERGER, name="Mansle-les-Fontaines")
    fontclaireau = make_town("16140", end=MERGER, name="Fontclaireau")
    make_succession(fontclaireau, mansle, MERGER)
    return mansle, fontclaireau


def test_says_who_the_town_is(dinan: Town) -> None:
    identity = sheet_of(dinan).identity
    assert (identity.label, identity.department_name) == ("Dinan (22050)", "Côtes-d’Armor")
    assert (identity.region_name, identity.epci_name) == ("Bretagne", "Dinan Agglomération")
    assert (identity.population, identity.is_living) == (14_000, True)


def test_keeps_a_town_from_those_who_do_not_reach_it(dinan: Town) -> None:
    elsewhere = Department.objects.create(code="35")
    for scope in [NOWHERE, Scope(department_ids=frozenset({elsewhere.pk}))]:
        with pytest.raises(TownOutOfReach):
            read_sheet(town_id=dinan.pk, as_of=DAY, scope=scope)
    with pytest.raises(TownOutOfReach):
        read_sheet(town_id=0, as_of=DAY, scope=NATIONAL)


def test_opens_to_an_officer_of_its_departement(dinan: Town) -> None:
    scope = Scope(department_ids=frozenset({Department.objects.get(code="22").pk}))
    assert read_sheet(town_id=dinan.pk, as_of=DAY, scope=scope).is_followed


def test_takes_in_the_rows_of_the_town_that_merged_into_it(merged: tuple[Town, Town]) -> None:
    mansle, fontclaireau = merged
    designate(fontclaireau)
    cover(fontclaireau, signed_on=date(2021, 6, 1))
    make_mission(town=fontclaireau)
    sheet = sheet_of(mansle)
    origin = RecordedAs("16140", "Fontclaireau", is_former_town=True)
    assert [line.recorded_as for line in sheet.memberships] == [origin]
    assert [line.recorded_as for line in sheet.agreements] == [origin]
    assert [line.recorded_as for line in sheet.missions.lines] == [origin]
    assert sheet.is_followed


def test_says_under_which_name_it_signed_before_its_own_changed(
    merged: tuple[Town, Town],
) -> None:
    mansle, _ = merged
    cover(mansle, signed_on=date(2021, 6, 1))
    cover(mansle, kind=AgreementKind.FRAMEWORK, signed_on=date(2024, 6, 1))
    framework, adhesion = sheet_of(mansle).agreements
    assert framework.recorded_as is None
    assert adhesion.recorded_as == RecordedAs("16206", "Mansle", is_former_town=False)


def test_reads_as_signed_before_the_merger(merged: tuple[Town, Town]) -> None:
    mansle, fontclaireau = merged
    cover(fontclaireau, signed_on=date(2021, 6, 1))
    eve = MERGER - timedelta(1)
    assert sheet_of(mansle, eve).agreements == ()
    (signed,) = sheet_of(fontclaireau, eve).agreements
    assert signed.recorded_as is None
    assert signed.towns[0].label == "Fontclaireau (16140)"


def test_an_ended_town_leads_to_its_heir(merged: tuple[Town, Town]) -> None:
    mansle, fontclaireau = merged
    identity = sheet_of(fontclaireau).identity
    assert (identity.is_living, identity.ended_on) == (False, MERGER)
    assert [heir.town_id for heir in identity.heirs] == [mansle.pk]
    names = sheet_of(mansle).identity
    assert [name.name for name in names.former_names] == ["Mansle"]
    assert [name.code for name in names.former_towns] == ["16140"]


def test_a_town_split_in_several_keeps_what_it_signed() -> None:
    old = make_town("15141", end=date(2025, 1, 1), name="Neussargues en Pinatelle")
    heirs = [make_town(code, start=date(2025, 1, 1)) for code in ("15142", "15030")]
    for heir in heirs:
        make_succession(old, heir, date(2025, 1, 1))
    cover(old)
    assert len(sheet_of(old).agreements) == 1
    assert {link.town_id for link in sheet_of(old).identity.heirs} == {heir.pk for heir in heirs}
    assert sheet_of(heirs[0]).agreements == ()


def test_a_town_not_born_yet_names_those_that_will_make_it() -> None:
    parts = [make_town(code, end=MERGER) for code in ("79001", "79002")]
    new = make_town("79063", start=MERGER)
    for part in parts:
        make_succession(part, new, MERGER)
    identity = sheet_of(new, MERGER - timedelta(1)).identity
    assert not identity.is_living
    assert {link.code for link in identity.parts} == {"79001", "79002"}


def test_tells_nothing_dated_after_its_day(dinan: Town) -> None:
    cover(dinan, signed_on=date(2024, 1, 2))
    make_commitment(town=dinan, decided_on=date(2024, 1, 2))
    make_mission(town=dinan, notified_on=date(2024, 1, 2))
    make_brownfield(town=dinan, decided_on=date(2024, 1, 2))
    came = make_meeting(held_on=date(2024, 1, 2))
    Attendance.objects.create(meeting=came, town=dinan)
    open_post(dinan, started_on=date(2024, 1, 2))
    before = sheet_of(dinan, date(2024, 1, 1))
    assert (before.agreements, before.posts, before.money.count) == ((), (), 0)
    assert (before.missions.count, before.brownfields, before.meetings) == (0, (), ())
    assert {event.kind for event in before.timeline} == {EventKind.MEMBERSHIP}


def test_tells_every_dated_fact_in_its_timeline(dinan: Town) -> None:
    cover(dinan)
    make_commitment(town=dinan)
    make_mission(town=dinan)
    make_brownfield(town=dinan)
    Attendance.objects.create(meeting=make_meeting(), town=dinan)
    open_post(dinan, ended_on=date(2024, 1, 2))
    timeline = sheet_of(dinan).timeline
    assert {event.kind for event in timeline} == set(EventKind) - {
        EventKind.TERRITORY,
        EventKind.CONFIRMATION,
    }
    assert [event.day for event in timeline] == sorted(
        (event.day for event in timeline), reverse=True
    )


def test_counts_the_eighteen_months_from_the_first_adhesion(dinan: Town) -> None:
    assert sheet_of(dinan).clock.state is ClockState.NOT_STARTED
    cover(dinan, signed_on=date(2021, 6, 1))
    cover(dinan, signed_on=date(2021, 9, 1))
    assert sheet_of(dinan, date(2022, 11, 30)).clock.days_left == 1
    assert sheet_of(dinan).clock.state is ClockState.LATE
    cover(dinan, kind=AgreementKind.FRAMEWORK, signed_on=date(2023, 1, 1))
    clock = sheet_of(dinan).clock
    assert (clock.state, clock.was_late) == (ClockState.SIGNED, True)


def test_names_the_other_towns_of_the_group_and_of_the_agreement(dinan: Town) -> None:
    other, left = new_town(name="Lanvallay"), new_town(name="Quévert")
    group = TownGroup.objects.create(programme=make_programme(), reference="PVD-1")
    dinan.designations.update(group=group)
    designate(other, group=group)
    designate(left, group=group, ended_on=date(2022, 1, 1))
    cover(dinan, other)
    sheet = sheet_of(dinan)
    assert [town.name for town in sheet.group] == ["Lanvallay"]
    assert [town.name for town in sheet.agreements[0].towns] == ["Dinan", "Lanvallay"]
    assert sheet.memberships[0].group == "PVD-1"


def test_a_post_counts_its_last_day(dinan: Town) -> None:
    epci = make_intercommunality("200000001", "CC du Bourg")
    open_post(
        dinan,
        employer_kind=EmployerKind.INTERCOMMUNALITY,
        employer_town=None,
        employer_intercommunality=epci,
        ended_on=date(2022, 9, 30),
    )
    (post,) = sheet_of(dinan, date(2022, 9, 30)).open_posts
    assert post.employer == "CC du Bourg"
    assert sheet_of(dinan, date(2022, 10, 1)).open_posts == ()


def test_sums_money_by_state_and_by_funder(dinan: Town) -> None:
    make_commitment("100.00", town=dinan)
    make_commitment("50.50", town=dinan, state=MoneyState.PAID)
    make_commitment("7.00", town=dinan, state=MoneyState.ANNOUNCED)
    make_commitment("1000.00", town=new_town())
    money = sheet_of(dinan).money
    assert [(line.state, line.amount) for line in money.by_state] == [
        ("announced", Decimal("7.00")),
        ("committed", Decimal("100.00")),
        ("paid", Decimal("50.50")),
    ]
    assert (money.total, money.committed) == (Decimal("157.50"), Decimal("150.50"))
    assert money.by_funder[0].total == money.total
    assert (money.count, money.left_out) == (3, 0)


def test_lists_the_latest_decisions_and_counts_the_others(dinan: Town) -> None:
    for _ in range(101):
        make_commitment("1.00", town=dinan)
        make_mission(town=dinan, amount=Decimal(10))
    sheet = sheet_of(dinan)
    assert (len(sheet.money.decisions), sheet.money.left_out) == (100, 1)
    assert (sheet.missions.left_out, sheet.missions.amount) == (1, Decimal(1010))


def test_lists_the_meetings_that_the_town_came_to(dinan: Town) -> None:
    came = make_meeting(title="Nationale")
    make_meeting(title="Sans elle")
    Attendance.objects.create(meeting=came, town=dinan, people=3)
    assert [(line.title, line.people) for line in sheet_of(dinan).meetings] == [("Nationale", 3)]


def test_reads_the_same_number_of_queries_whatever_the_rows(dinan: Town) -> None:
    few = _queries(dinan)
    for _ in range(5):
        towns = [new_town() for _ in range(4)]
        cover(dinan, *towns)
        open_post(dinan, *towns)
        make_commitment(town=dinan)
        make_mission(town=dinan)
        make_brownfield(town=dinan)
    many = _queries(dinan)
    assert few <= many <= 16


def _queries(town: Town) -> int:
    with CaptureQueriesContext(connection) as queries:
        sheet_of(town)
    return len(queries)


def test_publishes_the_same_facts(dinan: Town) -> None:
    cover(dinan)
    published: Any = public_sheet(town_id=dinan.pk, as_of=DAY)
    assert published.agreements == sheet_of(dinan).agreements
    with pytest.raises(TownOutOfReach):
        public_sheet(town_id=0, as_of=DAY)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("210000000", "Jeanne Martin"),
        ("21000000000012", "Jeanne Martin"),
        ("W221000123", "Jeanne Martin"),
        ("", "personne physique"),
        ("NEANT", "personne physique"),
    ],
)
def test_never_publishes_the_name_of_a_person(dinan: Town, number: str, shown: str) -> None:
    make_commitment(town=dinan, beneficiary_name="Jeanne Martin", beneficiary_siren=number)
    assert sheet_of(dinan).money.decisions[0].beneficiary == "Jeanne Martin"
    published = public_sheet(town_id=dinan.pk, as_of=DAY)
    assert published.money.decisions[0].beneficiary == shown
    withheld = published.money.decisions[0].purpose == "objet non publié"
    assert withheld is (shown == "personne physique")

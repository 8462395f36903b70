"""The alerts of an area, read from the register."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beffroi.club.events.models import Attendance
from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.imports.models import RefusedRow
from beffroi.foundations.mandates.queries import NATIONAL, NOWHERE, Scope
from beffroi.programme.agreements.models import AgreementKind
from beffroi.programme.membership.models import PostHolder, PostVacancy
from beffroi.register.alerts.queries import alerts_for
from beffroi.register.alerts.rules import Alert, AlertKind
from tests.progress.factories import (
    cover,
    make_commitment,
    make_meeting,
    make_mission,
    open_post,
)
from tests.register.campaigns.factories import (
    NOW,
    TODAY,
    active_town,
    department,
    make_campaign,
)

pytestmark = pytest.mark.django_db


def kinds(scope: Scope = NATIONAL, **fields: object) -> list[AlertKind]:
    return [alert.kind for alert in found(scope, **fields)]


def found(scope: Scope = NATIONAL, **fields: object) -> list[Alert]:
    return alerts_for(scope, on=TODAY, **fields)  # type: ignore[arg-type]


def test_a_late_town_is_told_and_a_covered_one_is_not() -> None:
    late, covered = active_town("22", "Dinan"), active_town("22", "Lamballe")
    cover(late, covered, signed_on=date(2022, 1, 1))
    cover(covered, kind=AgreementKind.FRAMEWORK, signed_on=date(2026, 1, 1))
    told = [alert for alert in found() if alert.kind is AlertKind.AGREEMENT_LATE]
    assert [alert.town_ids for alert in told] == [(late.pk,)]


def test_reads_vacancies_and_holders_of_posts() -> None:
    vacant, leaving, held = (active_town("22") for _ in range(3))
    PostVacancy.objects.create(post=open_post(vacant), started_on=TODAY - timedelta(30))
    PostHolder.objects.create(
        post=open_post(leaving), name="A", started_on=date(2024, 1, 1),
        ended_on=TODAY + timedelta(30),
    )  # fmt: skip
    PostHolder.objects.create(post=open_post(held), name="B", started_on=date(2024, 1, 1))
    told = {alert.kind: alert.town_ids for alert in found() if alert.post}
    assert told == {
        AlertKind.POST_VACANT: (vacant.pk,),
        AlertKind.POST_ENDING: (leaving.pk,),
    }


def test_a_mission_money_or_a_meeting_reaches_a_town() -> None:
    towns = [active_town("22") for _ in range(4)]
    make_mission(town=towns[0])
    make_commitment(town=towns[1])
    Attendance.objects.create(meeting=make_meeting(held_on=date(2026, 1, 1)), town=towns[2])
    unreached = [alert for alert in found() if alert.kind is AlertKind.TOWN_UNREACHED]
    assert [alert.town_ids for alert in unreached] == [(towns[3].pk,)]
    assert "ni présence à une rencontre" in unreached[0].sentence


def test_says_that_attendance_is_not_kept_rather_than_count_it() -> None:
    active_town("22")
    unreached = next(alert for alert in found() if alert.kind is AlertKind.TOWN_UNREACHED)
    assert "n’est pas relevée" in unreached.sentence


def test_an_area_bounds_everything() -> None:
    dinan, brest = active_town("22"), active_town("29")
    for town in (dinan, brest):
        cover(town, signed_on=date(2022, 1, 1))
        open_post(town, ended_on=date(2026, 1, 1))
    make_campaign(closes_on=TODAY + timedelta(5))
    scope = Scope(department_ids=frozenset({department("22").pk}))
    assert {town for alert in found(scope) for town in alert.town_ids} == {dinan.pk}
    assert {code for alert in found(scope) for code in alert.department_codes} == {"22"}


def test_partners_and_strangers_have_no_alert() -> None:
    active_town("22")
    partner = Scope(organisation_ids=frozenset({Organisation.objects.get(name="Anah").pk}))
    assert found(partner) == found(NOWHERE) == []


def test_the_correction_queue_is_told_to_those_who_follow_the_whole_country() -> None:
    RefusedRow.objects.create(file_name="missions.csv", line=2, reason="code", received_at=NOW)
    active_town("22")
    assert AlertKind.ROWS_WAITING in kinds()
    scope = Scope(department_ids=frozenset({department("22").pk}))
    assert AlertKind.ROWS_WAITING not in kinds(scope)


def test_a_campaign_about_to_end_names_the_towns_that_remain() -> None:
    town = active_town("22")
    make_campaign(closes_on=TODAY + timedelta(5))
    told = [alert for alert in found() if alert.kind is AlertKind.CAMPAIGN_CLOSING]
    assert [alert.town_ids for alert in told] == [(town.pk,)]


def test_can_be_asked_about_some_towns_only() -> None:
    one, _other = active_town("22"), active_town("22")
    assert {alert.town_ids for alert in found(town_ids=[one.pk])} == {(one.pk,)}


def test_reads_the_whole_country_in_fifteen_queries() -> None:
    for _ in range(5):
        town = active_town("22")
        cover(town, signed_on=date(2022, 1, 1))
        open_post(town, ended_on=date(2026, 1, 1))
    make_campaign(closes_on=TODAY + timedelta(5))
    with CaptureQueriesContext(connection) as asked:
        assert found()
    assert len(asked) <= 15

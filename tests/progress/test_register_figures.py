"""How the register itself is kept, as figures."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from beffroi.club.events.models import Attendance
from beffroi.foundations.audit.actions import record_act
from beffroi.programme.agreements.models import AgreementKind
from beffroi.programme.membership.models import PostVacancy
from beffroi.progress.queries import measure_progress
from beffroi.progress.rules import Figure
from beffroi.register.campaigns.actions import confirm_towns
from tests.progress.factories import cover, make_meeting, make_mission, open_post
from tests.register.campaigns.factories import NOW, TODAY, active_town, by, make_officer

pytestmark = pytest.mark.django_db


def figure(code: str, on: date = TODAY) -> Figure:
    figures = measure_progress(as_of=on).figures
    return next(figure for figure in figures if figure.code == code)


def test_freshness_counts_what_people_vouched_for_in_twelve_months() -> None:
    officer, confirmed, changed, _silent = make_officer(), *(active_town() for _ in range(3))
    confirm_towns(town_ids=[confirmed.pk], by=by(officer))
    record_act(verb="correct", target=make_mission(town=changed), at=NOW, actor=officer)
    fresh = figure("freshness")
    assert (fresh.numerator, fresh.denominator, str(fresh.value)) == (2, 3, "66.7")
    assert set(fresh.rows) == {confirmed.pk, changed.pk}
    assert figure("freshness", TODAY - timedelta(1)).numerator == 0


def test_a_town_is_late_until_a_framework_covers_it() -> None:
    late, covered = active_town(), active_town()
    cover(late, covered, signed_on=date(2022, 1, 1))
    cover(covered, kind=AgreementKind.FRAMEWORK, signed_on=TODAY)
    assert figure("late_agreements").rows == (late.pk,)
    assert figure("late_agreements", TODAY - timedelta(1)).value == 2


def test_counts_the_posts_known_to_be_vacant_over_those_open() -> None:
    vacant, _held = open_post(active_town()), open_post(active_town())
    PostVacancy.objects.create(post=vacant, started_on=TODAY - timedelta(3))
    found = figure("vacant_posts")
    assert (found.value, found.denominator, found.rows) == (1, 2, (vacant.reference,))


def test_a_meeting_that_a_town_came_to_reaches_it() -> None:
    came, alone = active_town(), active_town()
    Attendance.objects.create(meeting=make_meeting(held_on=TODAY), town=came)
    assert figure("unreached_towns").rows == (alone.pk,)

"""Put off, filed, brought back: by those of the area, with a reason, in the trail."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from beffroi.foundations.audit.models import AuditEntry
from beffroi.foundations.mandates.queries import NATIONAL, Scope
from beffroi.register.alerts.actions import (
    AlreadyDecided,
    DayGoneBy,
    NoSuchAlert,
    decide_alert,
    undo_decision,
)
from beffroi.register.alerts.queries import alerts_for
from beffroi.register.alerts.rules import AlertKind
from tests.register.campaigns.factories import (
    NOW,
    TODAY,
    active_town,
    by,
    department,
    make_campaign,
    make_officer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def key() -> str:
    return f"unreached:{active_town('22').pk}"


def keys(on: date = TODAY) -> set[str]:
    return {alert.key for alert in alerts_for(NATIONAL, on=on)}


def test_hides_an_alert_until_its_day(key: str) -> None:
    until = TODAY + timedelta(30)
    decision = decide_alert(key=key, until=until, by=by(make_officer()))
    assert [key in keys(day) for day in (TODAY, until - timedelta(1), until)] == [
        False, False, True,
    ]  # fmt: skip
    assert AuditEntry.objects.get(verb="put_off_alert").target_key == str(decision.pk)


def test_files_an_alert_for_good_and_brings_it_back(key: str) -> None:
    officer = make_officer()
    decision = decide_alert(key=key, until=None, by=by(officer))
    assert key not in keys(TODAY + timedelta(1000))
    undo_decision(decision=decision, by=by(officer))
    undo_decision(decision=decision, by=by(officer))
    assert key in keys()
    assert AuditEntry.objects.filter(verb="undo_alert_decision").count() == 1


def test_two_people_cannot_decide_about_one_alert(key: str) -> None:
    decide_alert(key=key, until=None, by=by(make_officer()))
    with pytest.raises(AlreadyDecided):
        decide_alert(key=key, until=None, by=by(make_officer("autre")))


def test_a_decision_whose_day_has_come_makes_room_for_another(key: str) -> None:
    officer = make_officer()
    decide_alert(key=key, until=TODAY + timedelta(2), by=by(officer))
    decide_alert(key=key, until=None, by=by(officer, NOW + timedelta(3)))
    assert key not in keys(TODAY + timedelta(3))


def test_refuses_those_who_do_not_reach_the_town(key: str) -> None:
    with pytest.raises(NoSuchAlert):
        decide_alert(key=key, until=None, by=by(make_officer(place=department("29"))))
    with pytest.raises(PermissionDenied):
        decide_alert(key=key, until=None, by=by(make_officer("sans", role="Rédaction")))


def test_one_area_does_not_silence_the_campaign_of_another() -> None:
    make_campaign(closes_on=TODAY + timedelta(5))
    places = [department(active_town(code).periods.get().department.code) for code in ("22", "29")]
    here, there = (Scope(department_ids=frozenset({place.pk})) for place in places)

    def told(scope: Scope) -> list[str]:
        alerts = alerts_for(scope, on=TODAY)
        return [one.key for one in alerts if one.kind is AlertKind.CAMPAIGN_CLOSING]

    decide_alert(key=told(here)[0], until=None, by=by(make_officer(place=places[0])))
    assert [len(told(scope)) for scope in (here, there, NATIONAL)] == [0, 1, 1]


def test_refuses_a_day_gone_by(key: str) -> None:
    with pytest.raises(DayGoneBy):
        decide_alert(key=key, until=TODAY, by=by(make_officer()))

"""The weekly digest: once a week and a person, their area, and nothing when nothing is to say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from pytest_django import Settings
from syrupy.assertion import SnapshotAssertion

from beffroi.register.alerts.actions import choose_digest, write_digests
from beffroi.register.alerts.models import WeeklyDigest
from tests.progress.factories import cover, make_mission, open_post
from tests.register.campaigns.factories import NOW, active_town, department, make_officer

pytestmark = pytest.mark.django_db
TUESDAY, SATURDAY = NOW + timedelta(1), NOW + timedelta(5)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def _towns(db: None, clock: time_machine.Traveller) -> None:  # noqa: ARG001
    dinan, pont_aven = active_town("22", "Dinan"), active_town("29", "Pont-Aven")
    cover(dinan, pont_aven, signed_on=date(2025, 5, 20))
    open_post(dinan, ended_on=date(2025, 1, 1), reference="P-22")


def write(at: datetime, clock: time_machine.Traveller) -> int:
    clock.move_to(at)
    return write_digests(at=at)


def test_leaves_once_a_week_for_each_person(clock: time_machine.Traveller) -> None:
    make_officer(place=department("22"))
    days = [NOW, NOW + timedelta(hours=6), TUESDAY, SATURDAY, NOW + timedelta(7)]
    assert [write(day, clock) for day in days] == [1, 0, 0, 0, 1]
    assert len(mail.outbox) == 2


def test_makes_up_for_a_monday_that_was_missed(clock: time_machine.Traveller) -> None:
    make_officer(place=department("22"))
    assert write(SATURDAY, clock) == 0
    assert write(TUESDAY, clock) == 1


def test_tells_of_ones_own_area_what_is_new_first() -> None:
    make_officer(place=department("22"))
    write_digests(at=NOW)
    [message] = mail.outbox
    body = str(message.body)
    assert "Pont-Aven" not in body
    assert body.index("NOUVEAU") < body.index("Dinan") < body.index("TOUJOURS")


def test_says_nothing_when_there_is_nothing_to_say() -> None:
    make_officer(place=department("35"))
    assert write_digests(at=NOW) == 0
    assert mail.outbox == []
    assert WeeklyDigest.objects.get().alerts == 0


def test_respects_those_who_want_none() -> None:
    officer = make_officer(place=department("22"))
    choose_digest(user=officer, wanted=False, at=NOW)
    assert write_digests(at=NOW) == 0
    assert not WeeklyDigest.objects.exists()


def test_takes_up_what_an_interrupted_round_left_once() -> None:
    WeeklyDigest.objects.create(
        recipient=make_officer(place=department("22")), iso_year=2026, iso_week=48, alerts=3,
        written_at=NOW - timedelta(minutes=3),
    )  # fmt: skip
    write_digests(at=NOW)
    write_digests(at=NOW + timedelta(minutes=1))
    assert len(mail.outbox) == 1


def test_tick_writes_it(capsys: pytest.CaptureFixture[str]) -> None:
    make_officer(place=department("22"))
    call_command("tick")
    assert "Résumés hebdomadaires\u00a0: 1 courriel écrit" in capsys.readouterr().out


def test_the_mail_reads_so(settings: Settings, snapshot: SnapshotAssertion) -> None:
    settings.BEFFROI_SITE_URL = "https://lettre.exemple.fr"
    make_mission(town=active_town("22", "Lamballe"))
    make_officer(place=department("22"))
    write_digests(at=NOW)
    [message] = mail.outbox
    assert isinstance(message, EmailMultiAlternatives)
    html = str(message.alternatives[0][0])
    assert "src=" not in html
    assert (message.subject, message.body, html.split("<main>")[1]) == snapshot

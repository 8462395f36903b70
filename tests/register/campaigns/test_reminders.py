"""Mails to those who still have towns to answer for, and to no one else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from smtplib import SMTPServerDisconnected

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from pytest_django import Settings
from syrupy.assertion import SnapshotAssertion

from beffroi.foundations.accounts.models import User
from beffroi.foundations.directory.models import Organisation
from beffroi.foundations.territories.models import Town
from beffroi.register.campaigns import tasks
from beffroi.register.campaigns.actions import confirm_towns, remind_campaigns, remind_on_demand
from beffroi.register.campaigns.models import CampaignReminder
from tests.foundations.territories.factories import make_region

from .factories import NOW, TODAY, active_town, by, department, make_campaign, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def dinan() -> Town:
    make_region("53", "Bretagne", {"22": "Côtes-d’Armor", "29": "Finistère"})
    return active_town("22", "Dinan")


def later(days: int) -> datetime:
    return NOW + timedelta(days)


@pytest.mark.usefixtures("clock")
def test_writes_one_mail_with_only_the_towns_that_remain(dinan: Town) -> None:
    make_campaign(opens_on=TODAY)
    officer = make_officer(place=department("22"))
    other, _elsewhere = active_town("22", "Lamballe"), active_town("29", "Pont-Aven")
    confirm_towns(town_ids=[other.pk], by=by(officer))
    assert remind_campaigns(at=NOW) == 1
    [message] = mail.outbox
    assert message.to == ["Agent <agent@prefecture.example>"]
    body = str(message.body)
    assert f"Dinan ({dinan.periods.get().code})" in body
    assert "Lamballe" not in body
    assert "Pont-Aven" not in body


@pytest.mark.usefixtures("clock", "dinan")
def test_a_second_round_the_same_day_writes_nothing() -> None:
    campaign = make_campaign(opens_on=TODAY)
    make_officer(place=department("22"))
    national = make_officer("national", role="Campagnes")
    assert remind_campaigns(at=NOW) == 1
    assert remind_campaigns(at=NOW + timedelta(hours=5)) == 0
    assert remind_on_demand(campaign=campaign, by=by(national)) == 0
    assert len(mail.outbox) == 1


@pytest.mark.usefixtures("dinan")
def test_reminds_fourteen_and_three_days_before_the_end(clock: time_machine.Traveller) -> None:
    make_campaign(opens_on=TODAY, closes_on=TODAY + timedelta(20))
    make_officer(place=department("22"))
    for day in range(22):
        clock.move_to(later(day))
        remind_campaigns(at=later(day))
    days = CampaignReminder.objects.order_by("written_on").values_list("stage", "written_on")
    expected = [("opening", 0), ("first", 6), ("last", 17)]
    assert list(days) == [(stage, TODAY + timedelta(day)) for stage, day in expected]


@pytest.mark.usefixtures("clock", "dinan")
def test_writes_to_nobody_who_has_no_area_or_follows_the_whole_country() -> None:
    make_campaign(opens_on=TODAY)
    make_officer("national")
    make_officer("anah", place=Organisation.objects.get(name="Anah"))
    make_officer("sans", place=department("22"), role="Rédaction")
    gone = make_officer("parti", place=department("22"))
    User.objects.filter(pk=gone.pk).update(is_active=False)
    assert remind_campaigns(at=NOW) == 0


@pytest.mark.usefixtures("clock")
def test_says_nothing_to_those_who_finished_meanwhile(dinan: Town) -> None:
    campaign = make_campaign(opens_on=TODAY)
    officer = make_officer(place=department("22"))
    row = CampaignReminder.objects.create(
        campaign=campaign, recipient=officer, stage="opening", written_on=TODAY, written_at=NOW,
        area="22", remaining=1,
    )  # fmt: skip
    confirm_towns(town_ids=[dinan.pk], by=by(officer))
    tasks.send_reminder.func(row.pk)
    assert mail.outbox == []


@pytest.mark.usefixtures("clock", "dinan")
def test_takes_up_what_an_interrupted_round_left_and_never_sends_twice() -> None:
    campaign = make_campaign(opens_on=TODAY)
    officer = make_officer(place=department("22"))
    row = CampaignReminder.objects.create(
        campaign=campaign, recipient=officer, stage="opening", written_on=TODAY,
        written_at=NOW - timedelta(minutes=5), area="22", remaining=1,
    )  # fmt: skip
    remind_campaigns(at=NOW)
    remind_campaigns(at=NOW + timedelta(minutes=1))
    row.refresh_from_db()
    assert (len(mail.outbox), row.sent_at) == (1, NOW)


@pytest.mark.usefixtures("clock", "dinan")
def test_a_mail_claimed_and_never_settled_is_not_sent_again() -> None:
    campaign = make_campaign(opens_on=TODAY)
    CampaignReminder.objects.create(
        campaign=campaign, recipient=make_officer(place=department("22")), stage="opening",
        written_on=TODAY, written_at=NOW - timedelta(minutes=5), area="22", remaining=1,
        claimed_at=NOW - timedelta(minutes=4),
    )  # fmt: skip
    remind_campaigns(at=NOW)
    assert mail.outbox == []


@pytest.mark.usefixtures("clock", "dinan")
def test_a_relay_that_is_down_loses_no_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    make_campaign(opens_on=TODAY)
    make_officer(place=department("22"))

    def refuse(*_: object, **__: object) -> int:
        raise SMTPServerDisconnected("panne")

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
        remind_campaigns(at=NOW)
    assert CampaignReminder.objects.get().claimed_at is None
    remind_campaigns(at=NOW + timedelta(minutes=10))
    assert len(mail.outbox) == 1


@pytest.mark.usefixtures("clock")
def test_refuses_a_relaunch_by_an_officer_of_a_departement(dinan: Town) -> None:  # noqa: ARG001
    officer = make_officer(place=department("22"), role="Campagnes")
    with pytest.raises(PermissionDenied):
        remind_on_demand(campaign=make_campaign(), by=by(officer))


@pytest.mark.usefixtures("clock", "dinan")
def test_tick_reminds(capsys: pytest.CaptureFixture[str]) -> None:
    make_campaign(opens_on=TODAY)
    make_officer(place=department("22"))
    call_command("tick", only="rappels")
    assert "1 courriel écrit" in capsys.readouterr().out


@pytest.mark.usefixtures("clock", "dinan")
def test_the_mail_reads_so(settings: Settings, snapshot: SnapshotAssertion) -> None:
    settings.BEFFROI_SITE_URL = "https://lettre.exemple.fr"
    make_campaign(pk=70_000, opens_on=TODAY, note="Vérifiez surtout les postes.")
    make_officer(place=department("22"))
    remind_campaigns(at=NOW)
    [message] = mail.outbox
    assert isinstance(message, EmailMultiAlternatives)
    html = str(message.alternatives[0][0])
    assert "src=" not in html
    assert (message.subject, message.body, html) == snapshot


@pytest.mark.usefixtures("clock", "dinan")
def test_a_title_in_two_lines_makes_no_header() -> None:
    make_officer(place=department("22"))
    make_campaign(title="Automne\r\nBcc: x@y.example", opens_on=TODAY)
    remind_campaigns(at=NOW)
    assert [one.subject for one in mail.outbox] == [
        "Automne Bcc: x@y.example\u00a0: 1 commune à confirmer"
    ]

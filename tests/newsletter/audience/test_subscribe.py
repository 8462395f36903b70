"""Asking for the letter."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from beffroi.newsletter.audience.actions import subscribe
from beffroi.newsletter.audience.models import Consent, Subscriber, SubscriberState
from beffroi.newsletter.audience.queries import recipients
from beffroi.newsletter.audience.rules import AddressRefused

from .factories import NOON, make_subscriber, make_suppression

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_once")]


def test_opens_a_request_that_receives_no_letter_yet() -> None:
    subscribe(address="Jeanne@Mairie.fr", at=NOON)
    reader = Subscriber.objects.get()
    assert (reader.email, reader.state) == ("Jeanne@mairie.fr", SubscriberState.PENDING)
    assert list(recipients()) == []


def test_mails_a_link_to_the_address_alone() -> None:
    subscribe(address="jeanne@château.fr", at=NOON)
    (message,) = mail.outbox
    assert message.recipients() == ["jeanne@xn--chteau-xta.fr"]
    assert "/lettre/confirmation/" in str(message.body)
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_keeps_the_text_agreed_to_and_the_channel() -> None:
    subscribe(address="jeanne@mairie.fr", at=NOON)
    consent = Consent.objects.get()
    assert (consent.kind, consent.channel, consent.at) == ("asked", "web", NOON)
    assert "désinscription, possible en un clic" in consent.wording


def test_writes_once_an_hour_however_often_it_is_asked() -> None:
    for minutes in (0, 1, 30, 59):
        subscribe(address="JEANNE@mairie.fr", at=NOON + timedelta(minutes=minutes))
    assert len(mail.outbox) == 1
    subscribe(address="jeanne@mairie.fr", at=NOON + timedelta(hours=1))
    assert len(mail.outbox) == 2


def test_writes_five_times_a_day_at_most() -> None:
    for hours in range(24):
        subscribe(address="jeanne@mairie.fr", at=NOON + timedelta(hours=hours))
    assert len(mail.outbox) == 5


def test_tells_a_reader_of_being_subscribed_once_a_day() -> None:
    reader = make_subscriber()
    for hours in (0, 1, 23, 24):
        subscribe(address=reader.email, at=NOON + timedelta(hours=hours))
    assert [message.subject for message in mail.outbox] == [
        "Votre adresse est déjà inscrite à la lettre d’information"
    ] * 2
    assert "/lettre/desinscription/" in str(mail.outbox[0].body)
    assert not reader.consents.exists()


@pytest.mark.parametrize("reason", ["complaint", "objection", "erased"])
def test_writes_nothing_to_someone_who_asked_never_to_be_written_to(reason: str) -> None:
    make_suppression(reason=reason)
    subscribe(address="Partie@mairie.example", at=NOON)
    assert mail.outbox == []
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize("reason", ["unsubscribed", "bounced"])
def test_lets_someone_who_left_ask_again(reason: str) -> None:
    reader = make_subscriber(email="partie@mairie.example")
    make_suppression(reason=reason)
    subscribe(address=reader.email, at=NOON)
    assert len(mail.outbox) == 1
    assert list(recipients()) == []


def test_refuses_a_header_injection_and_writes_nothing() -> None:
    with pytest.raises(AddressRefused):
        subscribe(address="jeanne@mairie.fr\nBcc: autre@mairie.fr", at=NOON)
    assert mail.outbox == []
    assert not Subscriber.objects.exists()


def test_escapes_nothing_into_the_text_and_everything_into_the_html() -> None:
    subscribe(address="o'brien&co@mairie.fr", at=NOON)
    (message,) = mail.outbox
    assert isinstance(message, mail.EmailMultiAlternatives)
    html = str(message.alternatives[0][0])
    assert "o'brien&co@mairie.fr" in str(message.body)
    assert "o&#x27;brien&amp;co@mairie.fr" in html

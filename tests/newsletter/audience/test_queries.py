"""Who receives the letter."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings

from beffroi.newsletter.audience import queries
from beffroi.newsletter.audience.models import (
    Consent,
    Subscriber,
    SubscriberState,
)
from beffroi.newsletter.audience.models.consents import LedgerIsAppendOnly
from beffroi.newsletter.audience.privacy import held_about
from beffroi.newsletter.audience.tokens import leave_token, open_leave_token

from .factories import NOON, make_subscriber, make_suppression

pytestmark = pytest.mark.django_db


def test_gives_only_those_who_consent_and_may_be_written_to() -> None:
    first, second = make_subscriber(), make_subscriber(email="b@château.fr")
    make_subscriber(pending=True)
    make_subscriber(withdrawn=True)
    make_suppression(address=make_subscriber().address_key, reason="bounced")
    Subscriber.objects.filter(pk=second.pk).update(address_key="b@xn--chteau-xta.fr")
    found = list(queries.recipients())
    assert [(one.key, one.address) for one in found] == [
        (first.uid.hex, first.email),
        (second.uid.hex, "b@xn--chteau-xta.fr"),
    ]
    assert open_leave_token(found[0].token) == first.uid
    assert queries.audience_size() == 2


def test_every_subscriber_is_in_the_state_its_dates_say() -> None:
    for traits in ({}, {"pending": True}, {"withdrawn": True}):
        make_subscriber(**traits)
    make_subscriber(withdrawn=True, asked_at=NOON)
    for state in SubscriberState:
        rows = Subscriber.objects.in_state(state)
        assert {row.state for row in rows} == {state}
    assert sum(Subscriber.objects.in_state(state).count() for state in SubscriberState) == 4


def test_finds_a_reader_however_the_address_is_typed() -> None:
    reader = make_subscriber(email="jeanne@mairie.fr")
    assert queries.find_subscriber(" JEANNE@Mairie.FR ") == reader
    assert queries.find_subscriber("n’importe quoi") is None


def test_writes_the_way_out_as_a_full_address() -> None:
    token = leave_token(make_subscriber().uid)
    assert queries.leave_address(token) == f"http://127.0.0.1:8000/lettre/desinscription/{token}/"
    assert "@@token@@" in queries.leave_address("@@token@@")


def test_opens_the_links_sealed_with_a_former_key() -> None:
    token = leave_token(reader_uid := make_subscriber().uid)
    with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=["tests-only"]):
        assert open_leave_token(token) == reader_uid


def test_the_ledger_is_written_once() -> None:
    reader = make_subscriber()
    consent = Consent.objects.create(
        subscriber=reader, kind="imported", at=NOON, channel="import", evidence="liste"
    )
    with pytest.raises(LedgerIsAppendOnly):
        consent.save()
    with pytest.raises(LedgerIsAppendOnly):
        consent.delete()
    with pytest.raises(LedgerIsAppendOnly):
        Consent.objects.update(evidence="")
    with pytest.raises(LedgerIsAppendOnly):
        Consent.objects.all().delete()


@pytest.mark.parametrize(
    "fields",
    [
        {"confirmed_at": None},
        {"address_key": "Jeanne@mairie.fr"},
        {"address_key": "jeanne"},
    ],
)
def test_the_database_refuses_a_row_that_cannot_be(fields: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_subscriber(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "asked", "channel": "web"},
        {"kind": "imported", "channel": "import"},
        {"kind": "bought", "channel": "web"},
        {"kind": "withdrawn", "channel": "smoke"},
    ],
)
def test_the_database_refuses_an_act_without_its_proof(fields: dict[str, str]) -> None:
    reader = make_subscriber()
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(subscriber=reader, at=NOON, **fields)


def test_tells_a_person_everything_held_about_them() -> None:
    reader = make_subscriber(email="jeanne@mairie.fr")
    Consent.objects.create(
        subscriber=reader, kind="imported", at=NOON, channel="import", evidence="liste 2025"
    )
    make_suppression(address="jeanne@mairie.fr", reason="objection")
    held = held_about("Jeanne@mairie.fr")
    assert held["subscriber"]["email"] == "jeanne@mairie.fr"
    assert held["subscriber"]["consents"][0]["evidence"] == "liste 2025"
    assert held["suppression"]["reason"] == "opposition"
    assert held_about("inconnue@mairie.fr") == {"subscriber": None, "suppression": None}

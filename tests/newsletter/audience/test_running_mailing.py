"""What leaving does to a letter that is on its way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from beffroi.newsletter.audience.actions import erase_subscriber, withdraw_consent
from beffroi.newsletter.audience.queries import audience_size, describe_audience, recipients
from beffroi.newsletter.audience.tokens import leave_token
from tests.newsletter.delivery.factories import NOON, opened

from .factories import make_subscriber

pytestmark = pytest.mark.django_db


def test_takes_the_reader_out_of_the_running_mailing_and_nobody_else() -> None:
    leaving, staying, erased = (make_subscriber() for _ in range(3))
    mailing = opened(recipients=recipients(), audience=describe_audience())
    withdraw_consent(token=leave_token(leaving.uid), at=NOON + timedelta(minutes=1))
    erase_subscriber(address=erased.email, at=NOON + timedelta(minutes=1))
    outcomes = dict(mailing.rows.values_list("recipient_key", "outcome"))
    assert outcomes == {
        leaving.uid.hex: "suppressed",
        staying.uid.hex: "pending",
        erased.uid.hex: "suppressed",
    }
    assert audience_size() == 1

"""`beffroi delivery` and `beffroi deliver`."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from .factories import NOON, opened
from .sink import Sink

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _relay(settings: Any, sink: Sink) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port


def test_delivers_what_is_open_and_tells_the_ledger(capsys: pytest.CaptureFixture[str]) -> None:
    opened(number=17, count=3)
    opened(number=18, count=2)
    call_command("deliver")
    others = "0 refusées + 0 retirées + 0 expirées + 0 incertaines"
    assert capsys.readouterr().out.splitlines() == [
        f"lettre 17 : 3 adresses = 3 acceptées + {others}",
        f"lettre 18 : 2 adresses = 2 acceptées + {others}",
    ]


def test_delivers_one_letter_when_it_is_named(sink: Sink) -> None:
    opened(number=17, count=3)
    opened(number=18, count=2)
    call_command("deliver", "18")
    assert len(sink.taken) == 2


def test_says_when_the_next_try_is(sink: Sink, capsys: pytest.CaptureFixture[str]) -> None:
    sink.at_rcpt = {"lecteur1@mairie.test": ["450 plus tard"]}
    opened(count=3)
    call_command("deliver")
    printed = capsys.readouterr()
    assert "Prochain essai le" in printed.err
    assert printed.out.strip().endswith("+ 1 en attente")


def test_a_halted_relay_is_an_error_in_one_sentence(
    sink: Sink, capsys: pytest.CaptureFixture[str]
) -> None:
    sink.at_mail = {"lettre@lettre.test": ["550 inconnu"]}
    opened(count=3)
    with pytest.raises(CommandError, match="Lettre 17 : l’envoi est suspendu"):
        call_command("deliver", "--wait")
    assert "Le relais refuse l’expéditeur" in capsys.readouterr().err


def test_refuses_before_the_scheduled_instant(sink: Sink) -> None:
    opened(scheduled_for=timezone.now() + timedelta(hours=1))
    call_command("deliver")
    with pytest.raises(CommandError, match="prévu pour"):
        call_command("deliver", "17")
    assert sink.taken == []


@pytest.mark.parametrize("command", ["deliver", "delivery"])
def test_refuses_an_unknown_number(command: str) -> None:
    with pytest.raises(CommandError, match="la lettre 99"):
        call_command(command, "99")


def test_prints_the_ledger_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    mailing = opened(count=3)
    mailing.rows.filter(recipient_key="p0").update(
        outcome="suppressed", settled_at=NOON, next_attempt_at=None
    )
    call_command("delivery", "17", "--format", "json")
    assert json.loads(capsys.readouterr().out) == {
        "number": 17,
        "audience": 3,
        "accepted": 0,
        "refused": 0,
        "suppressed": 1,
        "expired": 0,
        "uncertain": 0,
        "pending": 2,
    }

"""Mails that leave after the answer."""

from __future__ import annotations

from smtplib import SMTPServerDisconnected
from typing import NoReturn

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django_tasks import default_task_backend

from beffroi.newsletter.audience import tasks

from .factories import make_subscriber

pytestmark = pytest.mark.django_db
LATER = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def relay_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every sending fails, as when the relay restarts."""

    def fail(*_: object, **__: object) -> NoReturn:
        raise SMTPServerDisconnected

    monkeypatch.setattr(EmailMultiAlternatives, "send", fail)


@pytest.mark.usefixtures("relay_is_down")
@pytest.mark.parametrize("task", [tasks.send_confirmation, tasks.send_reminder])
def test_tries_again_later_when_the_relay_is_down(task: object, settings: object) -> None:
    settings.TASKS = LATER  # type: ignore[attr-defined]
    reader = make_subscriber(pending=True) if task is tasks.send_confirmation else make_subscriber()
    task.call(reader.uid.hex)  # type: ignore[attr-defined]
    (again,) = default_task_backend.results  # type: ignore[attr-defined]
    assert list(again.args) == [reader.uid.hex, 1]
    assert again.task.run_after is not None


@pytest.mark.usefixtures("relay_is_down")
def test_gives_up_after_an_hour_and_leaves_a_trace(settings: object) -> None:
    settings.TASKS = LATER  # type: ignore[attr-defined]
    reader = make_subscriber(pending=True)
    with pytest.raises(SMTPServerDisconnected):
        tasks.send_confirmation.call(reader.uid.hex, 4)
    assert default_task_backend.results == []  # type: ignore[attr-defined]


def test_sends_nothing_for_a_request_closed_meanwhile() -> None:
    tasks.send_confirmation.call(make_subscriber().uid.hex)
    tasks.send_reminder.call(make_subscriber(withdrawn=True).uid.hex)
    assert mail.outbox == []

"""An issue that waits for its approvals."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from beffroi.foundations.accounts.models import User
from beffroi.newsletter.issues.models import IssuePage

from ..delivery.sink import Sink, running_sink
from .approving import NOON, person
from .factories import make_issue


@pytest.fixture
def editor() -> User:
    return person("editrice", "Rédaction")


@pytest.fixture
def issue(editor: User) -> IssuePage:
    """A dated draft, last written by the editor."""
    issue = make_issue(18, scheduled_for=NOON, live=False)
    issue.save_revision(user=editor)
    return issue


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    """A real SMTP server that the settings point at."""
    with running_sink() as running:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        yield running

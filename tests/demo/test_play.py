"""The demonstration plays the whole of the main job, and may be run again safely."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings
from rich.console import Console

from beffroi.demo import play as playing
from beffroi.demo.mailbox import message_keys, open_mailbox
from beffroi.demo.play import DatabaseInUse, Played, play
from beffroi.newsletter.audience.models import Subscriber
from beffroi.newsletter.delivery.models import Mailing
from beffroi.newsletter.issues.models import IssuePage

from ..newsletter.audience.factories import SubscriberFactory
from .test_mailbox import free_port

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
READERS = 12


@pytest.fixture
def folder(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Room for a small demonstration: one vintage, a few readers, a mailbox that listens."""
    package = ROOT / "node_modules" / "cog-2026"
    if not package.is_dir():
        pytest.skip("les paquets de la géographie officielle ne sont pas installés")
    (tmp_path / "cog").mkdir()
    (tmp_path / "cog" / "cog-2026").symlink_to(package)
    settings.BEFFROI_COG_PATH = tmp_path / "cog"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(playing, "READERS", READERS)
    with open_mailbox(tmp_path / "boite", host="127.0.0.1", port=settings.EMAIL_PORT):
        yield tmp_path


def run(folder: Path) -> Played:
    with (folder / "console.txt").open("a") as screen:
        return play(folder=folder, console=Console(file=screen))


def test_delivers_a_letter_with_live_figures_to_everybody_and_not_twice(folder: Path) -> None:
    played = run(folder)
    assert (played.ledger.audience, played.ledger.accepted) == (READERS, READERS)
    assert len(message_keys(folder / "boite")) == READERS
    again = run(folder)
    assert again == played
    assert len(message_keys(folder / "boite")) == READERS
    assert (IssuePage.objects.count(), Mailing.objects.count()) == (1, 1)
    assert Subscriber.objects.count() == READERS


def test_refuses_a_database_that_serves_already(folder: Path) -> None:
    SubscriberFactory.create()
    with pytest.raises(DatabaseInUse):
        run(folder)
    assert not Mailing.objects.exists()

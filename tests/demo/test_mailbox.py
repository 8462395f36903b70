"""The demonstration's mailbox receives real SMTP and is read in the browser."""

from __future__ import annotations

import smtplib
import socket
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from beffroi.demo.mailbox import PortTaken, find_message, message_keys, open_mailbox


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def letter(subject: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@b.example", "c@d.example", subject
    message.set_content("Bonjour — en texte")
    message.add_alternative("<p>Bonjour — en <b>HTML</b></p>", subtype="html")
    return message


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A mailbox that has received one letter."""
    folder, port = tmp_path / "demo" / "boite", free_port()
    with open_mailbox(folder, host="127.0.0.1", port=port), smtplib.SMTP("127.0.0.1", port) as smtp:
        smtp.send_message(letter("Été"))
    return folder


def test_files_what_it_accepts(box: Path) -> None:
    [key] = message_keys(box)
    filed = find_message(box, key)
    assert filed is not None
    assert (filed.message["Subject"], "<b>HTML</b>" in filed.html) == ("Été", True)


def test_looks_for_messages_in_the_box_alone(box: Path) -> None:
    (box.parent / "secret.beffroi").write_text("non")
    assert find_message(box, "../../secret.beffroi") is None


@pytest.mark.django_db
def test_shows_the_messages_of_a_demonstration(
    box: Path, client: Client, settings: Settings
) -> None:
    settings.BEFFROI_DEMONSTRATION, settings.BEFFROI_VAR = True, box.parents[1]
    [key] = message_keys(box)
    assert "Été" in client.get("/demo/boite/").content.decode()
    assert "en texte" in client.get(f"/demo/boite/{key}/").content.decode()


@pytest.mark.django_db
def test_shows_the_html_part_without_any_script(
    box: Path, client: Client, settings: Settings
) -> None:
    settings.BEFFROI_DEMONSTRATION, settings.BEFFROI_VAR = True, box.parents[1]
    response = client.get(f"/demo/boite/{message_keys(box)[0]}/html/")
    policy = response["Content-Security-Policy"]
    assert "script-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy


@pytest.mark.django_db
def test_does_not_exist_outside_a_demonstration(client: Client, settings: Settings) -> None:
    settings.BEFFROI_DEMONSTRATION = False
    assert client.get("/demo/boite/").status_code == 404


def test_says_when_its_port_is_taken(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken), open_mailbox(tmp_path, host="127.0.0.1", port=port):
            pass

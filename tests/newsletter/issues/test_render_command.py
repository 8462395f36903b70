"""`beffroi render_issue` gives the very bytes of a letter, or one plain refusal."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

import pytest
from django.core.management import CommandError, call_command

from beffroi.newsletter.delivery.rules import TOKEN_SLOT
from tests.newsletter.issues.factories import make_issue, make_newsletter

pytestmark = pytest.mark.django_db


def output(capfdbinary: pytest.CaptureFixture[bytes], *arguments: str) -> bytes:
    call_command("render_issue", *arguments)
    return capfdbinary.readouterr().out


def message(capfdbinary: pytest.CaptureFixture[bytes]) -> EmailMessage:
    raw = output(capfdbinary, "17", "--format", "eml")
    assert max(map(len, raw.splitlines())) <= 998
    read = message_from_bytes(raw, policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


@pytest.mark.parametrize(
    ("form", "start"),
    [
        ("html", "<!DOCTYPE html>"),
        ("text", "Petites villes de demain\n"),
        ("mjml", "<mjml "),
        ("eml", "To: apercu@beffroi.example\r\n"),
    ],
)
def test_writes_the_letter_in_each_form(
    capfdbinary: pytest.CaptureFixture[bytes], form: str, start: str
) -> None:
    make_issue(17)
    assert output(capfdbinary, "17", "--format", form).decode().startswith(start)


def test_the_message_carries_the_headers_that_readers_and_relays_need(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    make_newsletter(reply_to="equipe@beffroi.example")
    make_issue(17, title="L'été à Pont-Aven")
    mail = message(capfdbinary)
    assert mail.defects == []
    assert mail["From"] == "Petites villes de demain <lettre@beffroi.example>"
    assert mail["Reply-To"] == "equipe@beffroi.example"
    assert mail["Subject"] == "L'été à Pont-Aven"
    assert parsedate_to_datetime(mail["Date"]).tzinfo is not None
    assert mail["Message-ID"].endswith("@beffroi.example>")
    assert mail["List-Id"].startswith("<lettre.")
    assert mail["List-Unsubscribe"].endswith("/lettre/desinscription/apercu/>")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_message_offers_text_first_then_html_with_no_slot_left(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    make_issue(17)
    mail = message(capfdbinary)
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    for part in mail.iter_parts():
        assert isinstance(part, EmailMessage)
        assert "/lettre/desinscription/apercu/" in part.get_content()
        assert TOKEN_SLOT not in part.get_content()


def test_refuses_a_number_that_no_issue_bears() -> None:
    with pytest.raises(CommandError, match="Aucun numéro 404 de la lettre") as refused:
        call_command("render_issue", "404")
    assert refused.value.returncode == 1


def test_refuses_a_territory_rather_than_ignoring_it() -> None:
    make_issue(17)
    with pytest.raises(CommandError, match="retirez --territory"):
        call_command("render_issue", "17", "--territory", "dep:22")


def test_an_unpublished_issue_is_written_from_its_latest_draft(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    issue = make_issue(17, live=False)
    issue.headline = "<p>Brouillon relu</p>"
    issue.save_revision()
    assert "Brouillon relu" in output(capfdbinary, "17", "--format", "text").decode()


def test_a_published_issue_is_written_as_published_whatever_its_drafts(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    issue = make_issue(17)
    issue.headline = "<p>Pas encore</p>"
    issue.save_revision()
    assert "Pas encore" not in output(capfdbinary, "17", "--format", "text").decode()

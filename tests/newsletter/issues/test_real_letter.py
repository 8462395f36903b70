"""The real letter of September 2022, from its source to its mail."""

from __future__ import annotations

import quopri
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from beffroi.newsletter.issues.queries import get_issue
from beffroi.newsletter.issues.rendering import render_issue
from tests.newsletter.issues.test_render_issue import SITE, Page, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(shared: Path, capsys: pytest.CaptureFixture[str]) -> str:
    path = shared / "letter" / "lettre-17.md"
    call_command("import_letter", str(path))
    capsys.readouterr()
    return path.read_text(encoding="utf-8")


def test_every_word_of_the_source_is_in_the_mail_in_its_text_and_on_its_page(source: str) -> None:
    written = words_of(re.sub(r"</?sup>|\]\([^)]*\)|\\", "", source))
    mail = render_issue(get_issue(17), site_url=SITE)
    page = Client().get("/lettre/17/").content.decode()
    for form in (Page(mail.html).words, mail.text, Page(page).words):
        assert written - words_of(form) == set()


def test_its_mail_is_small_and_leads_nowhere_dead(source: str) -> None:
    mail = render_issue(get_issue(17), site_url=SITE)
    assert source
    assert len(quopri.encodestring(mail.html.encode())) <= 80_000
    assert all(a["href"] not in ("", "#", None) for a in Page(mail.html).all("a"))
    # Fourteen in the source; the one that was a whole title stays a title.
    assert len(re.findall(r"\(lien\s+à\s+venir\)", mail.text)) == 13

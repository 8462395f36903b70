"""A reader's token stands in their own way out, and nowhere else."""

from __future__ import annotations

import json

import pytest

from beffroi.newsletter.delivery.rules import TOKEN_SLOT
from beffroi.newsletter.issues.rendering import render_issue

from .factories import make_issue, section

pytestmark = pytest.mark.django_db
SITE = "https://lettre.exemple.fr"


def test_an_editor_cannot_send_the_token_of_a_reader_elsewhere() -> None:
    item = {
        "title": f"Piège {TOKEN_SLOT}",
        "text": f'<p><a href="https://ailleurs.example/?{TOKEN_SLOT}">{TOKEN_SLOT}</a></p>',
        "link": {"label": "Suite", "url": f"https://ailleurs.example/{TOKEN_SLOT}/"},
    }
    issue = make_issue(18, body=json.dumps([section(("article", item))]))
    mail = render_issue(issue, site_url=SITE)
    for form in (mail.html, mail.text, mail.mjml):
        assert form.count(TOKEN_SLOT) == 1
        assert f"{SITE}/lettre/desinscription/{TOKEN_SLOT}/" in form


def test_the_same_issue_still_gives_the_same_bytes() -> None:
    issue = make_issue(18)
    assert render_issue(issue, site_url=SITE) == render_issue(issue, site_url=SITE)

"""An issue with every kind of item."""

from __future__ import annotations

import json
from datetime import date

from beffroi.demo.letter import INTRODUCTION, letter_body
from beffroi.newsletter.issues.models import IssuePage, NewsletterPage


def make_issue(day: date) -> IssuePage:
    """The first issue of the site's letter, published, of that day."""
    body = letter_body(today=day, reference="", progress_url="/", image_id=0)
    issue: IssuePage = NewsletterPage.objects.get().add_child(
        instance=IssuePage(
            title="Mesure", number=1, issued_on=day, headline=INTRODUCTION, body=json.dumps(body)
        )
    )
    return issue

"""Letters and issues for the tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from wagtail.models import Page

from beffroi.newsletter.issues.models import IssuePage, NewsletterPage


def make_newsletter(**fields: Any) -> NewsletterPage:
    """A letter under the site's home, or the one that is already there."""
    standing: NewsletterPage | None = NewsletterPage.objects.first()
    if standing:
        return standing
    values = {
        "title": "La lettre",
        "slug": "lettre",
        "sender_name": "Petites villes de demain",
        "sender_address": "lettre@beffroi.example",
        "contact_address": "contact@beffroi.example",
        "publisher": "Agence des petites villes\nDirection de programme",
        "postal_address": "1, place du Beffroi\n59000 Lille",
        "rights_notice": "<p>Vous pouvez exercer vos droits en nous écrivant.</p>",
    } | fields
    home = Page.objects.filter(depth=2).first()
    assert home is not None
    newsletter: NewsletterPage = home.add_child(instance=NewsletterPage(**values))
    return newsletter


def make_issue(number: int = 17, **fields: Any) -> IssuePage:
    """A published issue of the letter."""
    values = {
        "title": f"Lettre n° {number}",
        "number": number,
        "issued_on": date(2022, 9, 23),
        "headline": "<p>Chaque mois, l'actualité du programme.</p>",
    } | fields
    issue: IssuePage = make_newsletter().add_child(instance=IssuePage(**values))
    return issue


def section(*items: tuple[str, dict[str, Any]], title: str = "L'actu") -> dict[str, Any]:
    """A section as the body keeps it."""
    return {
        "type": "section",
        "value": {
            "title": title,
            "items": [{"type": kind, "value": value} for kind, value in items],
        },
    }

"""Letters and issues for the tests."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from PIL import Image as PillowImage
from wagtail.models import Page

from beffroi.foundations.media.models import CreditedImage
from beffroi.newsletter.issues.models import IssuePage, NewsletterPage


def make_newsletter(**fields: Any) -> NewsletterPage:
    """The site's letter with these fields, made under the home page where there is none."""
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
    newsletter: NewsletterPage | None = NewsletterPage.objects.first()
    if newsletter is None:
        home = Page.objects.filter(depth=2).first()
        assert home is not None
        newsletter = home.add_child(instance=NewsletterPage(**values))
    for name, value in values.items():
        setattr(newsletter, name, value)
    newsletter.save()
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


def every_kind(**extra: dict[str, Any]) -> list[dict[str, Any]]:
    """A body with an item of every kind; `extra` adds values to the items of a kind."""
    read_on = {"label": "Lire la suite", "url": "https://exemple.fr/suite?a=1&b=2"}
    values: dict[str, dict[str, Any]] = {
        "article": {"title": "Assises à Dinan", "text": prose("article"), "link": read_on},
        "key_figure": {"value": "117", "text": prose("chiffre"), "link": read_on},
        "progress": {"title": "Le point d'avancement", "text": prose("avancement")},
        "drawing": {"title": "La courbe", "text": prose("graphique")},
        "event": {
            "title": "Carrefour des métiers",
            "text": prose("réunion"),
            "starts_on": "2022-10-17",
            "ends_on": "2022-10-18",
            "place": "Montbard",
        },
        "call": {"title": "Ma ville, mon artisan", "text": prose("appel"), "link": read_on},
        "resource": {"title": "Caudry", "department": "59", "text": prose("ressource")},
        "picture": {"title": "Clap de fin", "text": prose("photographie"), "credit": "© ANCT"},
        "see_also": {"title": "Manufactures", "text": prose("aussi"), "link": read_on},
        "text": {"title": "Un mot", "text": prose("libre")},
        "colophon": {"lines": [{"role": "Rédaction", "names": "Ada & Bo"}], "text": prose("ours")},
    }
    items = [(kind, value | extra.get(kind, {})) for kind, value in values.items()]
    return [
        section(*items[:4]),
        section(*items[4:7], title="Le Club"),
        section(*items[7:], title=""),
    ]


def prose(word: str) -> str:
    """A rich text that holds every mark, around a word that tells it from the others."""
    return (
        f"<p>Début {word} : <b>gras {word}</b>, <i>penché</i>, 5 m<sup>2</sup> &amp; plus.</p>"
        f'<ul><li>puce {word}</li><li><a href="https://exemple.fr/{word}">voir {word}</a></li></ul>'
        f'<ol><li><a href="#">attendu {word}</a></li></ol>'
    )


def make_image(**fields: Any) -> CreditedImage:
    """A picture of the library, 1600 by 900."""
    content = BytesIO()
    PillowImage.new("RGB", (1600, 900), "navy").save(content, "JPEG")
    content.seek(0)
    values = {"title": "Une halle", "file": ImageFile(content, name="halle.jpg")} | fields
    image: CreditedImage = CreditedImage.objects.create(**values)
    return image

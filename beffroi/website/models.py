"""The site's own pages. The letter's are its own room's; figures are read, never kept here."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

PROSE = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class HomePage(Page):
    """The front door: what the programme is, its last letter, where it stands, how to follow it."""

    heading = models.CharField("titre affiché", max_length=120)
    introduction = models.TextField("chapeau", blank=True)
    presentation = RichTextField("présentation", features=PROSE, blank=True)
    invitation = models.TextField("invitation à s’inscrire", blank=True)

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("heading"),
        FieldPanel("introduction"),
        FieldPanel("presentation"),
        FieldPanel("invitation"),
    ]
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("presentation"),
    ]
    max_count = 1
    template = "website/home_page.html"

    class Meta:
        verbose_name = "page d’accueil"
        verbose_name_plural = "pages d’accueil"


class TextPage(Page):
    """A page of prose: legal notice, personal data, accessibility, an article."""

    introduction = models.TextField("chapeau", blank=True)
    body = RichTextField("texte", features=PROSE, blank=True)

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]
    template = "website/text_page.html"

    class Meta:
        verbose_name = "page de texte"
        verbose_name_plural = "pages de texte"


class SiteMapPage(Page):
    """Every published page, in the order of the tree."""

    subpage_types: ClassVar[list[str]] = []
    max_count = 1
    template = "website/site_map_page.html"

    class Meta:
        verbose_name = "plan du site"
        verbose_name_plural = "plans du site"

"""The site's name and tagline, edited at the desk."""

from __future__ import annotations

from typing import Any, ClassVar

from dsfr.models import DsfrConfig
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet


class IdentityViewSet(SnippetViewSet):
    """One row. The fields left out take raw HTML or would write inline styles."""

    model = DsfrConfig
    menu_label = "Identité du site"
    icon = "site"
    add_to_settings_menu = True
    list_display: ClassVar[list[str]] = ["site_title", "site_tagline"]
    panels: ClassVar[list[Any]] = [
        FieldPanel("site_title"),
        FieldPanel("site_tagline"),
        FieldPanel("footer_description"),
        FieldPanel("mourning"),
    ]

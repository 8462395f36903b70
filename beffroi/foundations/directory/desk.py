"""Organisations on the desk, where an unknown funder is added."""

from __future__ import annotations

from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet

from beffroi.foundations.directory.models import Organisation


class OrganisationViewSet(ModelViewSet):  # type: ignore[misc]
    """Funders and partners: a name, a SIREN, and whether they give money."""

    model = Organisation
    name = "organisations"
    url_prefix = "organisations"
    icon = "group"
    menu_label = "Organisations"
    menu_order = 390
    add_to_admin_menu = True
    list_display = ["name", "siren", BooleanColumn("is_funder", label="Financeur")]
    list_filter = ["is_funder"]
    list_per_page = 50
    search_fields = ["name", "siren"]
    search_backend_name = None
    panels = [
        FieldPanel("name"),
        FieldPanel("siren"),
        FieldPanel("is_funder"),
    ]


organisations = OrganisationViewSet()

"""The correction queue on the desk: « Lignes à corriger »."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.html import format_html_join
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet

from beffroi.foundations.imports.models import RefusedRow


def _file_names() -> list[tuple[str, str]]:
    names = RefusedRow.objects.order_by("file_name").values_list("file_name", flat=True).distinct()
    return [(name, name) for name in names]


class RefusedRowFilter(WagtailFilterSet):  # type: ignore[misc]
    """By file, and by whether the row has been dealt with."""

    file_name = ChoiceFilter(label="Fichier", choices=_file_names)
    state = ChoiceFilter(
        label="État",
        choices=[("waiting", "à corriger"), ("resolved", "traitées")],
        method="filter_state",
    )

    class Meta:
        model = RefusedRow
        fields: list[str] = []

    def filter_state(
        self, rows: QuerySet[RefusedRow], _name: str, value: str
    ) -> QuerySet[RefusedRow]:
        """Rows waiting, or dealt with."""
        return rows.filter(resolved_at__isnull=value == "waiting")


class RawRowPanel(FieldPanel):  # type: ignore[misc]
    """The row as received, a cell per line."""

    def format_value_for_display(self, value: Any) -> str:
        """`insee_com : 1004` and so on."""
        return format_html_join("", "{} : {}<br>", value or [])


class RefusedRowViewSet(ModelViewSet):  # type: ignore[misc]
    """Lists what imports refused; the one thing to fill in is the day it was dealt with."""

    model = RefusedRow
    name = "lignes_a_corriger"
    url_prefix = "lignes-a-corriger"
    icon = "warning"
    menu_label = "Lignes à corriger"
    menu_order = 400
    add_to_admin_menu = True
    copy_view_enabled = False
    add_to_reference_index = False
    ordering = ["resolved_at", "file_name", "line"]
    list_per_page = 50
    list_display = [
        "file_name",
        "line",
        Column("column", label="Colonne"),
        Column("value", label="Valeur"),
        Column("reason", label="Motif"),
        DateColumn("received_at", label="Reçue le"),
        DateColumn("resolved_at", label="Traitée le"),
    ]
    list_export = ["file_name", "line", "column", "value", "reason", "received_at", "resolved_at"]
    export_filename = "lignes-a-corriger"
    index_results_template_name = "imports/desk/refused_rows.html"
    search_fields = ["file_name", "column", "value", "reason"]
    search_backend_name = None
    filterset_class = RefusedRowFilter
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("file_name", read_only=True),
                FieldPanel("line", read_only=True),
                FieldPanel("column", read_only=True),
                FieldPanel("value", read_only=True),
                FieldPanel("reason", read_only=True),
                RawRowPanel("raw", read_only=True),
                FieldPanel("received_at", read_only=True),
            ],
            heading="Ligne refusée",
        ),
        FieldPanel("resolved_at", heading="Traitée le"),
    ]


refused_rows = RefusedRowViewSet()

"""One row, read: its sheet and its history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import ForeignKey, Model, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.views.generic import InspectView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets import HeaderButton

from beffroi.foundations.territories.models import Town

from ..columns import in_cell
from ..fields import written_town
from ..queries import history_of
from .bounded import Bounded

# What rooms above offer on the sheet of a row: called with the request and the row.
BUTTONS_HOOK = "register_sheet_buttons"


class SheetView(Bounded, InspectView):
    """« Fiche »: every field of a row, and its history below."""

    template_name = "desk/sheet.html"
    page_title = "Fiche"
    any_permission_required = ["view"]
    history_url_name: str | None = None

    def get_queryset(self) -> QuerySet[Any]:
        """The rows with those that their fields name."""
        return self.reached().select_related(*self.viewset.list_related)

    def get_object(self, queryset: QuerySet[Any] | None = None) -> Model:  # noqa: ARG002
        """The row asked for, or 404."""
        row: Model = get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])
        return row

    def get_edit_url(self) -> str | None:
        """Lead to the correction those who may correct this very row."""
        if self.edit_url_name and self.viewset.may_correct and self.may("change", self.object):
            return reverse(self.edit_url_name, args=[self.object.pk])
        return None

    def get_delete_url(self) -> str | None:
        """Lead to the removal where the room has one."""
        if self.viewset.remove and self.may("delete", self.object):
            return reverse(self.delete_url_name, args=[self.object.pk])
        return None

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """« Corriger », in sight."""
        url = self.get_edit_url()
        return [HeaderButton("Corriger", url=url, icon_name="edit")] if url else []

    @property
    def header_more_buttons(self) -> list[Any]:
        """The rest of what may be done."""
        buttons = list(self.viewset.sheet_buttons(self.request, self.object))
        for offer in hooks.get_hooks(BUTTONS_HOOK):
            buttons += offer(self.request, self.object)
        if url := self.get_delete_url():
            buttons.append(HeaderButton("Retirer", url=url, icon_name="bin"))
        return buttons

    def get_field_label(self, field_name: str, field: Any) -> str:
        """Labels of what is no field come from the viewset."""
        told = self.viewset.sheet_labels.get(field_name)
        return capfirst(told) if told else str(super().get_field_label(field_name, field))

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """Words for days, numbers, choices and towns."""
        if isinstance(field, ForeignKey) and field.related_model is Town:
            town_id = getattr(self.object, field.attname)
            return written_town(town_id, on=timezone.localdate()) if town_id else "—"
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, datetime):
            return date_format(timezone.localtime(value), "j F Y, H:i")
        return in_cell(value)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the history, and what the room shows beside the fields."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["history"] = history_of(*self.viewset.trail_rows(self.object))
        context["acts"] = (
            self.viewset.act_links(self.object)
            if self.viewset.acts and self.may("change", self.object)
            else []
        )
        context["beside"] = self.viewset.beside(self.request, self.object)
        return context


class HistoryView(Bounded, PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """« Historique »: who changed what, when and why."""

    template_name = "desk/history.html"
    page_title = "Historique"
    header_icon = "history"
    any_permission_required = ["view"]
    model: Any = None
    index_url_name: str | None = None
    inspect_url_name: str | None = None

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """From the list, through the sheet."""
        plural = capfirst(str(self.model._meta.verbose_name_plural))  # noqa: SLF001
        sheet = {"url": reverse(self.inspect_url_name, args=[self.row.pk]), "label": str(self.row)}
        above = [{"url": reverse(self.index_url_name), "label": plural}, sheet]
        return [*self.breadcrumbs_items, *above, {"url": "", "label": "Historique"}]

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Find the row first: out of reach, it has no history either."""
        self.row = self.get_object()
        return super().get(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """The row."""
        return str(self.row)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Its acts."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["history"] = history_of(*self.viewset.trail_rows(self.row))
        return context

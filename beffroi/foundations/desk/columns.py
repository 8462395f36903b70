"""Columns that the register's lists share."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.coreutils import multigetattr

from beffroi.foundations.dates import format_date, format_short_date
from beffroi.foundations.money import format_amount, format_number


class PlainColumn(Column):
    """A value as a reader writes it: days in figures, numbers with spaces, dashes for none."""

    def get_value(self, instance: Any) -> Any:
        """The cell."""
        value = super().get_value(instance)
        if isinstance(value, datetime):
            return f"{timezone.localtime(value):%d/%m/%Y\u00a0%H:%M}"
        return format_short_date(value) if isinstance(value, date) else in_cell(value)


class AmountColumn(Column):
    """Euros."""

    def get_value(self, instance: Any) -> Any:
        """The cell."""
        value = super().get_value(instance)
        return "—" if value is None else format_amount(value)


class TownColumn(Column):
    """The towns of a row, as the list has read them for the whole page."""

    def __init__(self, name: str = "towns_written", label: str = "Commune", **kwargs: Any) -> None:
        super().__init__(name, label=label, **kwargs)


class SelectColumn(BaseColumn):
    """A box that takes the row into the bulk form, which may stand anywhere in the page."""

    header_template_name = "desk/select_header.html"
    cell_template_name = "desk/select_cell.html"

    def __init__(self, *, titled_by: str) -> None:
        super().__init__("selection", label="Sélection")
        self.titled_by = titled_by

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """Name the row that the box takes."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        context["title"] = multigetattr(instance, self.titled_by)
        return context


def in_cell(value: Any) -> Any:
    """A value in words for a cell."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        return format_number(value.quantize(Decimal(1)) if whole else value)
    if isinstance(value, int):
        return format_number(value)
    return value

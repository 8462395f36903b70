"""Days and hours in the templates of reports, written as in their other forms."""

from __future__ import annotations

from django import template

from beffroi.foundations.dates import format_date

from ..presentation import write_instant

register = template.Library()
register.filter("day", format_date)
register.filter("instant", write_instant)

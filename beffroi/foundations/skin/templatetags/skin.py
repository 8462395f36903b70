"""Tags of the base layout and of forms."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, Select
from django.template.context import Context
from django.utils.safestring import SafeString
from wagtail.models import Page

register = template.Library()

# The tree's root and the home page, which the breadcrumb's first link already names.
_LEVELS_ABOVE = 2


@register.inclusion_tag("skin/parts/breadcrumb.html", takes_context=True)
def breadcrumb(context: Context, current: str = "", *parents: str) -> dict[str, Any]:
    """Draw the path to the page; `parents` alternate label and address.

    Without arguments it follows the Wagtail page of the context, or draws nothing.
    """
    if current:
        pairs = zip(parents[::2], parents[1::2], strict=True)
        return {"current": current, "links": [{"label": a, "path": b} for a, b in pairs]}
    page = context.get("page")
    if not isinstance(page, Page) or page.depth <= _LEVELS_ABOVE:
        return {}
    above = page.get_ancestors().live().filter(depth__gt=_LEVELS_ABOVE).specific()
    links = [{"label": one.title, "path": one.get_url(context.get("request"))} for one in above]
    return {"current": page.title, "links": links}


@register.filter
def styled(field: BoundField) -> SafeString:
    """Render the field's widget with the class the style sheets know."""
    widget = field.field.widget
    known = "fr-select" if isinstance(widget, Select) else "fr-input"
    kind = "" if isinstance(widget, CheckboxInput) else known
    return field.as_widget(attrs={"class": f"{kind} {widget.attrs.get('class', '')}".strip()})


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Say whether the label comes after the box."""
    return isinstance(field.field.widget, CheckboxInput)

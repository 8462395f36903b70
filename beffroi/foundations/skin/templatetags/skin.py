"""The tag that draws where the reader stands."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
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

"""How the desk sets what imports say."""

from __future__ import annotations

import re

from django import template

register = template.Library()
_BEFORE = re.compile(r" ([:;!?»])")


@register.filter
def typeset(text: str) -> str:
    """Reasons carry plain spaces, for terminals and machines; a page breaks no line at them."""
    return _BEFORE.sub("\u00a0\\1", text.replace("« ", "«\u00a0"))

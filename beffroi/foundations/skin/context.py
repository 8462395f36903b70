"""What every public page knows about its look."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def skin(request: HttpRequest) -> dict[str, str]:  # noqa: ARG001
    """Give templates the base layout of the look in force."""
    return {"skin": settings.BEFFROI_SKIN, "skin_base": f"skin/{settings.BEFFROI_SKIN}/base.html"}

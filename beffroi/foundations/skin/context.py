"""What every public page knows about its look."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from beffroi.foundations.skin.identity import site_identity
from beffroi.foundations.skin.navigation import LEGAL, MAIN, OPEN_DATA, SKIP, placed


def skin(request: HttpRequest) -> dict[str, Any]:
    """Give templates the base layout of the look in force, its identity and its links."""
    return {
        "skin": settings.BEFFROI_SKIN,
        "skin_base": f"skin/{settings.BEFFROI_SKIN}/base.html",
        # Lazy, because the desk's pages come here too and never ask; named as django-dsfr reads it.
        "SITE_CONFIG": SimpleLazyObject(site_identity),
        "main_links": placed(MAIN, request.path),
        "legal_links": placed(LEGAL, request.path),
        "open_data_path": OPEN_DATA,
        "skiplinks": SKIP,
        "is_demonstration": settings.BEFFROI_DEMONSTRATION,
    }

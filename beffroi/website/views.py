"""The few public addresses that are not pages."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe

from beffroi.foundations.skin.navigation import OPEN_DATA

_ICONS = {"dsfr": "dsfr/dist/favicon/favicon.ico", "neutral": "skin/favicon.svg"}
_SECURITY_TEXT_LIFE = timedelta(days=180)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Everything public may be read by robots; the desk is not public."""
    lines = (
        "User-agent: *",
        "Disallow: /bureau/",
        f"Sitemap: {settings.BEFFROI_SITE_URL}/sitemap.xml",
        f"Sitemap: {settings.BEFFROI_SITE_URL}{OPEN_DATA}sitemap.xml",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def security_text(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Where to report a flaw, as RFC 9116 words it; the contact is in the legal notice."""
    expires = timezone.now().replace(microsecond=0) + _SECURITY_TEXT_LIFE
    lines = (
        f"Contact: {settings.BEFFROI_SITE_URL}/mentions-legales/",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: fr, en",
        f"Canonical: {settings.BEFFROI_SITE_URL}/.well-known/security.txt",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The icon browsers ask for by habit, in the look in force."""
    return HttpResponseRedirect(static(_ICONS[settings.BEFFROI_SKIN]))

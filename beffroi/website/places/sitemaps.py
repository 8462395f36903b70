"""The pages of places, for search engines."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils import timezone

from .addresses import area_address, town_address
from .queries import read_ground


class PlacesSitemap(Sitemap):  # type: ignore[type-arg]
    """The lists, the followed towns, and the territories where they are."""

    def items(self) -> list[str]:
        """Addresses on this site."""
        ground = read_ground(on=timezone.localdate())
        lines = [town.line for town in ground.towns]
        areas = {
            *(("dep", one.department_code, one.department_name) for one in lines),
            *(("reg", one.region_code, one.region_name) for one in lines),
            *(("epci", one.epci_siren, one.epci_name) for one in lines),
        }
        return [
            *(reverse(f"places:{name}") for name in ("towns", "departments", "regions")),
            *(town_address(one.code, one.name) for one in lines),
            *(area_address(*area) for area in sorted(areas) if area[2]),
        ]

    def location(self, item: str) -> str:
        """The address itself."""
        return item

    def get_domain(self, site: Any = None) -> str:  # noqa: ARG002
        """The host that the site's own links bear, whatever name it was asked under."""
        return urlsplit(settings.BEFFROI_SITE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:  # noqa: ARG002
        """As the site's own links bear it."""
        return urlsplit(settings.BEFFROI_SITE_URL).scheme

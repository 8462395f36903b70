"""Régions, départements and intercommunalities."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from beffroi.progress.queries import list_snapshots

from ..addresses import area_address, read_address, slug_of
from ..queries import (
    Area,
    Members,
    UnknownArea,
    area_page,
    count_towns,
    find_area,
    read_ground,
    towns_in,
)
from .files import towns_response

_KINDS = {"dep": "Département", "reg": "Région", "epci": "Intercommunalité"}


@require_safe
def department_list(request: HttpRequest) -> HttpResponse:
    """Every département and overseas collectivity, with its number of towns."""
    return _list(request, "dep")


@require_safe
def region_list(request: HttpRequest) -> HttpResponse:
    """Every région, with its number of towns."""
    return _list(request, "reg")


@require_safe
def area(request: HttpRequest, kind: str, address: str) -> HttpResponse:
    """One territory: its figures beside the country's, its towns."""
    ground = read_ground(on=timezone.localdate())
    try:
        found = find_area(kind, read_address(address), ground)
    except UnknownArea:
        return _unknown(request, kind)
    stands_at = area_address(kind, found.code, found.name)
    if request.path != stands_at:
        return HttpResponsePermanentRedirect(stands_at)
    context = {
        "ground": ground,
        "area": found,
        "kind": _kind_of(found),
        "around": area_page(found, ground),
        "snapshot": list_snapshots().filter(territory="national").first(),
        "canonical": f"{settings.BEFFROI_SITE_URL}{stands_at}",
    }
    return render(request, "website/places/area.html", context)


@require_safe
def area_file(request: HttpRequest, kind: str, address: str) -> HttpResponse:
    """The towns of a territory as a file."""
    ground = read_ground(on=timezone.localdate())
    try:
        found = find_area(kind, read_address(address), ground)
    except UnknownArea:
        return _unknown(request, kind)
    name = f"communes-{found.code}-{slug_of(found.name)}"
    return towns_response(request, towns_in(found, ground), ground, name=name)


def _list(request: HttpRequest, kind: str) -> HttpResponse:
    ground = read_ground(on=timezone.localdate())
    counts = count_towns(kind, ground)
    areas = ground.departments if kind == "dep" else ground.regions
    regions = {one.code: one for one in ground.regions}
    context = {
        "ground": ground,
        "kind": kind,
        "rows": [(Members(one, counts[one.code]), regions.get(one.region_code)) for one in areas],
        "canonical": f"{settings.BEFFROI_SITE_URL}{request.path}",
    }
    return render(request, "website/places/areas.html", context)


def _kind_of(area: Area) -> str:
    """Overseas collectivities are neither départements nor régions."""
    return "Collectivité d’outre-mer" if area.is_collectivity else _KINDS[area.kind]


def _unknown(request: HttpRequest, kind: str) -> HttpResponse:
    return render(request, "website/places/unknown_area.html", {"kind": _KINDS[kind]}, status=404)

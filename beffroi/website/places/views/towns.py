"""The list of the programme's towns, and the page of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from beffroi.foundations.territories.queries import town_labels
from beffroi.progress.days import RefusedDay, check_launched, read_day

from ..addresses import Address, read_address, town_address
from ..queries import (
    SORTS,
    Ground,
    TownPage,
    UnknownTown,
    Wanted,
    find_towns,
    matching_towns,
    read_ground,
    split_towns,
    town_page,
    towns_outside,
)
from .files import towns_response

_PER_PAGE = 50
_LONGEST_SEARCH = 100


@require_safe
def town_list(request: HttpRequest) -> HttpResponse:
    """The towns that the programme follows today, as the reader narrows them."""
    ground = read_ground(on=timezone.localdate())
    wanted = _wanted(request)
    pages = Paginator(matching_towns(ground, wanted), _PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    place = f", page {page.number} sur {pages.num_pages}" if pages.num_pages > 1 else ""
    context = {
        "ground": ground,
        "wanted": wanted,
        "sorts": [(key, label) for key, (label, _) in SORTS.items()],
        "page_obj": page,
        "caption": f"Communes du programme{place}",
        "outside": towns_outside(ground, wanted.text),
        "canonical": f"{settings.BEFFROI_SITE_URL}{request.path}",
    }
    return render(request, "website/places/towns.html", context)


@require_safe
def town_file(request: HttpRequest) -> HttpResponse:
    """The same list as a file."""
    ground = read_ground(on=timezone.localdate())
    found = matching_towns(ground, _wanted(request))
    return towns_response(request, found, ground, name="communes")


@require_safe
def town(request: HttpRequest, address: str) -> HttpResponse:
    """A town today, or as of `?au=`; any other way of naming it leads there."""
    today, wanted = timezone.localdate(), read_address(address)
    try:
        day = read_day(request.GET.get("au", ""), today=today)
        ground = read_ground(on=today)
        if day:
            check_launched(day, launched_on=ground.launched_on)
            ground = read_ground(on=day)
        found = find_towns(wanted, on=ground.as_of)
    except RefusedDay as refused:
        return _refused(request, refused)
    except UnknownTown:
        return _unknown(request, address)
    if len(found) > 1:
        return _choice(request, wanted, found, ground)
    return _page(request, wanted, town_page(found[0], ground), ground, day=day)


def _page(
    request: HttpRequest, wanted: Address, page: TownPage, ground: Ground, *, day: date | None
) -> HttpResponse:
    who = page.sheet.identity
    stands_at = town_address(who.code, who.name)
    if request.path != stands_at:
        parts = split_towns(wanted, on=ground.as_of)
        if parts:
            return _choice(request, wanted, parts, ground)
        return HttpResponsePermanentRedirect(town_address(who.code, who.name, as_of=day))
    context = {
        "ground": ground,
        "day": day,
        "sheet": page.sheet,
        "who": who,
        "timeline": page.timeline,
        "town": page.followed,
        "compared": (page.followed, *page.alike) if page.followed else (),
        "canonical": f"{settings.BEFFROI_SITE_URL}{stands_at}",
    }
    return render(request, "website/places/town.html", context)


def _choice(
    request: HttpRequest, wanted: Address, town_ids: Sequence[int], ground: Ground
) -> HttpResponse:
    """The towns that a split one became: the reader knows which."""
    labels = town_labels(town_ids, on=ground.as_of).values()
    context = {
        "code": wanted.code,
        "ground": ground,
        "labels": sorted(labels, key=lambda label: label.name),
    }
    return render(request, "website/places/split_town.html", context)


def _refused(request: HttpRequest, refused: RefusedDay) -> HttpResponse:
    context = {"reason": str(refused), "path": request.path}
    return render(request, "website/places/refused_day.html", context, status=400)


def _unknown(request: HttpRequest, address: str) -> HttpResponse:
    """No town is there: a search field instead."""
    context = {"address": address[:_LONGEST_SEARCH], "wanted": Wanted()}
    return render(request, "website/places/unknown_town.html", context, status=404)


def _wanted(request: HttpRequest) -> Wanted:
    asked = request.GET
    sort = asked.get("tri", "")
    return Wanted(
        text=asked.get("q", "").strip()[:_LONGEST_SEARCH],
        region=asked.get("region", "").strip(),
        department=asked.get("departement", "").strip().upper(),
        sort=sort if sort in SORTS else "nom",
    )

"""What changed between two reports, or between two days of a territory, row by row."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag, urlencode
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from beffroi.foundations.dates import format_date
from beffroi.foundations.skin.navigation import TOWNS
from beffroi.foundations.territories.queries import UnknownTerritory

from ..addresses import NATIONAL
from ..comparison import Comparison
from ..days import RefusedDay, read_day
from ..models import Snapshot
from ..queries import (
    BeforeLaunch,
    NoProgramme,
    NotEarlier,
    OtherTerritory,
    UnknownSnapshot,
    choices_on,
    compare_days,
    compare_snapshots,
    earlier_snapshots,
)
from ..wording import word_refusal
from ..written.changes import name_day, write_changes, write_changes_csv
from ..written.forms import FORMS
from .found import find_report, unkept_preview
from .turns import in_turn

_REFERENCE = re.compile(r"\d{4}-\d\d-\d\d-.+-r\d+")
_LONGEST = 100
_CHOICES = 40
_REFUSED = (RefusedDay, BeforeLaunch, NotEarlier, OtherTerritory)
_UNKNOWN = (UnknownTerritory, UnknownSnapshot, NoProgramme)


@dataclass(frozen=True, slots=True)
class Asked:
    """The days and the territory that a reader asks for, as they wrote them."""

    day: str
    since: str
    territory: str


@require_safe
@gzip_page
@in_turn
def changes(request: HttpRequest, reference: str) -> HttpResponse:
    """What changed since an earlier report, the nearest one unless another is asked for."""
    found = find_report(request, reference)
    since = _text(request, "depuis")
    earlier = earlier_snapshots(found)
    context = {"snapshot": found, "earlier": earlier[:_CHOICES], "since": since, "kind": "frozen"}
    answer = _answered(request, context, lambda: _compared(request, found, since))
    return unkept_preview(found, answer)


@require_safe
@in_turn
def changes_csv(request: HttpRequest, reference: str) -> HttpResponse:
    """Every row that moved between the two reports, as a file."""
    found = find_report(request, reference)
    since = _text(request, "depuis")
    context = {"snapshot": found, "earlier": earlier_snapshots(found)[:_CHOICES], "since": since}
    answer = _answered(request, context, lambda: _compared(request, found, since), is_file=True)
    return unkept_preview(found, answer)


@require_safe
@gzip_page
@in_turn
def explored_changes(request: HttpRequest) -> HttpResponse:
    """What changed between any two days in any territory, both measured now."""
    return _explored(request, is_file=False)


@require_safe
@in_turn
def explored_changes_csv(request: HttpRequest) -> HttpResponse:
    """The same as a file, which says in its name that it is not frozen."""
    return _explored(request, is_file=True)


def _explored(request: HttpRequest, *, is_file: bool) -> HttpResponse:
    asked = Asked(_text(request, "au"), _text(request, "depuis"), _text(request, "territoire"))
    today = timezone.localdate()
    choices = choices_on(today)
    listed = {one.territory for group in choices.values() for one in group}
    context = {
        "asked": asked,
        "today": today,
        "choices": choices,
        "is_listed": not asked.territory or asked.territory in listed,
        "is_unlisted": True,
    }

    def compared() -> Comparison | None:
        if not asked.since:
            return None
        as_of = read_day(asked.day, today=today) or today
        since = read_day(asked.since, today=today) or today
        return compare_days(as_of=as_of, since=since, territory=asked.territory or NATIONAL)

    return _answered(request, context, compared, is_file=is_file)


def _compared(request: HttpRequest, found: Snapshot, since: str) -> Comparison | None:
    """Since the report or the day asked for; None where nothing was published before."""
    if not since:
        nearest = earlier_snapshots(found).first()
        return compare_snapshots(nearest, found) if nearest else None
    if _REFERENCE.fullmatch(since):
        return compare_snapshots(_earlier(request, since), found)
    today = timezone.localdate()
    day = read_day(since, today=today) or today
    return compare_days(as_of=found.as_of, since=day, territory=found.territory)


def _earlier(request: HttpRequest, reference: str) -> Snapshot:
    try:
        return find_report(request, reference)
    except Http404:
        raise UnknownSnapshot(reference) from None


def _answered(
    request: HttpRequest,
    context: dict[str, Any],
    compared: Callable[[], Comparison | None],
    *,
    is_file: bool = False,
) -> HttpResponse:
    """The comparison as a page or a file, or the page with the reason why there is none."""
    try:
        comparison = compared()
    except _REFUSED as refused:
        return _page(request, {**context, "refusal": word_refusal(refused)}, status=400)
    except _UNKNOWN as unknown:
        return _page(request, {**context, "refusal": word_refusal(unknown)}, status=404)
    if comparison is None:
        return _page(request, context, status=404 if is_file else 200)
    if is_file:
        return _file(request, comparison)
    return _page(request, {**context, **_shown(comparison, context)})


def _page(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    template = "changes" if "snapshot" in context else "changes_explored"
    return render(request, f"progress/{template}.html", context, status=status)


def _shown(comparison: Comparison, context: dict[str, Any]) -> dict[str, Any]:
    before, after = comparison.before, comparison.after
    return {
        "comparison": comparison,
        "written": write_changes(comparison),
        "before": before,
        "after": after,
        "before_day": format_date(before.as_of),
        "after_day": format_date(after.as_of),
        "since_words": name_day(before, other=after),
        "is_frozen": bool(before.reference and after.reference),
        "csv": _csv_address(comparison, context),
        "towns": TOWNS,
    }


def _csv_address(comparison: Comparison, context: dict[str, Any]) -> str:
    before, after = comparison.before, comparison.after
    since = before.reference or before.as_of.isoformat()
    if snapshot := context.get("snapshot"):
        path = reverse("progress:changes_csv", args=[snapshot.reference])
        return f"{path}?{urlencode({'depuis': since})}"
    asked = {"territoire": after.territory, "au": after.as_of.isoformat(), "depuis": since}
    return f"{reverse('progress:explored_changes_csv')}?{urlencode(asked)}"


def _file(request: HttpRequest, comparison: Comparison) -> HttpResponse:
    """A download that browsers ask again for: causes follow what the register knows."""
    body = write_changes_csv(comparison).encode()
    etag = quote_etag(sha256(body).hexdigest())
    response = get_conditional_response(request, etag=etag) or HttpResponse(body)
    response["Content-Type"] = FORMS["csv"].content_type
    response["Content-Disposition"] = f'attachment; filename="{_file_name(comparison)}"'
    response["ETag"] = etag
    patch_cache_control(response, no_cache=True)
    return response


def _file_name(comparison: Comparison) -> str:
    before, after = comparison.before, comparison.after
    if before.reference and after.reference:
        return f"changements-{after.reference}-depuis-{before.reference}.csv"
    place = after.territory.replace(":", "-")
    return f"non-fige-changements-{place}-{after.as_of}-depuis-{before.as_of}.csv"


def _text(request: HttpRequest, key: str) -> str:
    return request.GET.get(key, "").replace("\0", "").strip()[:_LONGEST]

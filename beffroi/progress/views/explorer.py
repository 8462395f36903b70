"""The figures of any day in any territory, measured when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from beffroi.foundations.dates import format_date
from beffroi.foundations.territories.queries import UnknownTerritory

from ..addresses import NATIONAL, LiveAddresses, addresses_of
from ..days import RefusedDay, read_day
from ..drawings import NothingToDraw, draw
from ..models import UnknownFigure
from ..queries import (
    BeforeLaunch,
    Choice,
    NoProgramme,
    choices_on,
    explore,
    explore_rows,
    frozen_on,
    search_territories,
    successors_of,
)
from ..wording import word_refusal
from ..written.files import write_rows
from ..written.forms import FORMS
from ..written.page import write_page
from ..written.rows import write_rows_json
from .figures import figure_page
from .turns import in_turn

_LONGEST = 100
REFUSED, UNKNOWN = 400, 404


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks: a day and a territory as they wrote them, and a name to look for."""

    day: str
    territory: str
    name: str

    @property
    def is_empty(self) -> bool:
        """True for somebody who has just come."""
        return not (self.day or self.territory or self.name)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing is shown, in French, and the towns that took the place of the one asked
    for, with their addresses."""

    status: int
    reason: str
    successors: tuple[tuple[Choice, str], ...] = ()


Answer = Callable[[date, str], HttpResponse]


@require_safe
@gzip_page
def explorer(request: HttpRequest) -> HttpResponse:
    """Every figure of the day and the territory asked for; a form for who has asked nothing yet."""
    asked = _asked(request)
    if asked.is_empty:
        return _form(request, asked, timezone.localdate())
    if asked.name:
        return _search(request, asked)

    def answer(day: date, territory: str) -> HttpResponse:
        report = explore(as_of=day, territory=territory)
        more = {
            "report": report,
            "page": write_page(report, addresses_of(report)),
            "frozen": _frozen(report.programme, day, report.territory),
            "day": format_date(day),
        }
        return _form(request, asked, day, more=more)

    return _answered(request, asked, answer)


@require_safe
@gzip_page
@in_turn
def figure(request: HttpRequest, code: str) -> HttpResponse:
    """One figure of that day and territory, and the rows behind it."""

    def answer(day: date, territory: str) -> HttpResponse:
        report, one, table = _opened(day, territory, code)
        more = {
            "is_unlisted": True,
            "frozen": _frozen(report.programme, day, report.territory),
        }
        return figure_page(request, report, one, table, more=more)

    return _answered(request, _asked(request, name=False), answer)


@require_safe
@in_turn
def rows(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The same rows as a file, which says in its name that it is not frozen."""

    def answer(day: date, territory: str) -> HttpResponse:
        report, one, table = _opened(day, territory, code)
        text = write_rows(table) if form == "csv" else write_rows_json(report, one, table)
        response = HttpResponse(text, content_type=FORMS[form].content_type)
        name = f"non-fige-{day}-{report.territory.replace(':', '-')}-{code}.{form}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["X-Robots-Tag"] = "noindex"
        patch_cache_control(response, no_cache=True)
        return response

    return _answered(request, _asked(request, name=False), answer)


@require_safe
@gzip_page
def drawing(request: HttpRequest, name: str, width: int) -> HttpResponse:
    """One drawing of the figures of that day and territory."""

    def answer(day: date, territory: str) -> HttpResponse:
        report = explore(as_of=day, territory=territory)
        try:
            drawn = draw(report, name, width=width)
        except NothingToDraw as nothing:
            raise Http404(name) from nothing
        response = HttpResponse(drawn.svg, content_type="image/svg+xml")
        patch_cache_control(response, no_cache=True)
        return response

    return _answered(request, _asked(request, name=False), answer)


def _answered(request: HttpRequest, asked: Asked, answer: Answer) -> HttpResponse:
    """The answer, or the form again with the reason why there is none."""
    today = timezone.localdate()
    day = None
    try:
        day = read_day(asked.day, today=today) or today
        return answer(day, asked.territory or NATIONAL)
    except (RefusedDay, BeforeLaunch) as refused:
        reason = word_refusal(refused) if isinstance(refused, BeforeLaunch) else str(refused)
        refusal = Refusal(REFUSED, reason)
    except (UnknownTerritory, NoProgramme) as unknown:
        refusal = Refusal(UNKNOWN, word_refusal(unknown), _successors(asked, day or today))
    return _form(request, asked, day or today, more={"refusal": refusal}, status=refusal.status)


def _opened(day: date, territory: str, code: str) -> Any:
    try:
        return explore_rows(as_of=day, territory=territory, code=code)
    except UnknownFigure as unknown:
        raise Http404(code) from unknown


def _search(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The territories of that name: the only one at once, else a choice."""

    def answer(day: date, _: str) -> HttpResponse:
        found = search_territories(asked.name, on=day)
        if len(found) == 1:
            return redirect(LiveAddresses(day, found[0].territory).report)
        matches = [(one, LiveAddresses(day, one.territory).report) for one in found]
        return _form(request, asked, day, more={"matches": matches, "has_searched": True})

    return _answered(request, asked, answer)


def _form(
    request: HttpRequest,
    asked: Asked,
    day: date,
    *,
    more: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    choices = choices_on(day)
    listed = {one.territory for group in choices.values() for one in group}
    context = {
        "is_unlisted": True,
        "asked": asked,
        "asked_day": day,
        "today": timezone.localdate(),
        "choices": choices,
        "is_listed": not asked.territory or asked.territory in listed,
        **(more or {}),
    }
    return render(request, "progress/explorer.html", context, status=status)


def _successors(asked: Asked, day: date) -> tuple[tuple[Choice, str], ...]:
    kind, _, code = asked.territory.partition(":")
    if kind.strip().lower() != "com":
        return ()
    found = successors_of(code.strip().upper(), on=day)
    return tuple((one, LiveAddresses(day, one.territory).report) for one in found)


def _frozen(programme: str, day: date, territory: str) -> Any:
    return frozen_on(programme=programme, as_of=day, territory=territory)


def _asked(request: HttpRequest, *, name: bool = True) -> Asked:
    def text(key: str) -> str:
        return request.GET.get(key, "").replace("\0", "").strip()[:_LONGEST]

    return Asked(text("au"), text("territoire"), text("q") if name else "")
